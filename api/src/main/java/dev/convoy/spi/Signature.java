package dev.convoy.spi;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What an executable takes and gives, in the graph's order.
 *
 * @param inputs by name
 * @param parameters by name; empty for a frozen graph
 * @param outputs by name
 */
public record Signature(
        SequencedMap<String, TensorSpec> inputs,
        SequencedMap<String, TensorSpec> parameters,
        SequencedMap<String, TensorSpec> outputs) {

    public Signature {
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
    }

    public static Signature of(Graph graph) {
        return new Signature(specs(graph.inputs()), specs(graph.parameters()), specs(graph.outputs()));
    }

    private static SequencedMap<String, TensorSpec> specs(SequencedMap<String, Value> values) {
        SequencedMap<String, TensorSpec> specs = new LinkedHashMap<>();
        values.forEach((name, value) -> specs.put(name, value.spec()));
        return specs;
    }
}
