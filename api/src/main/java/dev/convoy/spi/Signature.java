package dev.convoy.spi;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

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

    /**
     * Holds the inputs of a run to this signature.
     *
     * @return the sizes of the named dimensions, by name; empty if all sizes are known
     * @throws IllegalArgumentException if an input is missing, unknown or of another spec, or one name has two sizes
     */
    public Map<String, Integer> requireInputs(Map<String, Tensor> given) {
        Map<String, Integer> sizes = null;
        for (Map.Entry<String, TensorSpec> entry : inputs.entrySet()) {
            Tensor tensor = given.get(entry.getKey());
            TensorSpec spec = entry.getValue();
            if (tensor == null) {
                throw new IllegalArgumentException("Input '" + entry.getKey() + "' is missing; expected " + spec
                        + ", got inputs " + given.keySet());
            }
            if (!spec.accepts(tensor.spec())) {
                throw new IllegalArgumentException("Input '" + entry.getKey() + "' has another type or shape; expected "
                        + spec + ", got " + tensor.spec());
            }
            if (!spec.shape().isKnown()) {
                sizes = sizes == null ? new HashMap<>() : sizes;
                bind(entry.getKey(), spec, tensor.spec(), sizes);
            }
        }
        for (String name : given.keySet()) {
            if (!inputs.containsKey(name)) {
                throw new IllegalArgumentException(
                        "There is no input '" + name + "'; expected " + inputs.keySet() + ", got " + given.keySet());
            }
        }
        return sizes == null ? Map.of() : sizes;
    }

    private static void bind(String input, TensorSpec spec, TensorSpec actual, Map<String, Integer> sizes) {
        for (int axis = 0; axis < spec.shape().rank(); axis++) {
            String name = spec.shape().dim(axis).name();
            if (name != null) {
                int size = actual.shape().size(axis);
                Integer before = sizes.put(name, size);
                if (before != null && before != size) {
                    throw new IllegalArgumentException("Input '" + input + "' has another size of '" + name
                            + "' than the inputs before it; expected " + before + ", got " + size);
                }
            }
        }
    }

    /**
     * Holds what is fetched to this signature.
     *
     * @throws IllegalArgumentException if an output is unknown
     */
    public void requireOutputs(Set<String> fetch) {
        if (!outputs.keySet().containsAll(fetch)) {
            throw new IllegalArgumentException(
                    "Unknown output; expected some of " + outputs.keySet() + ", got " + fetch);
        }
    }

    /**
     * Holds a graph that is opened without a state to having no parameters.
     *
     * @throws IllegalStateException if it has some
     */
    public void requireFrozen() {
        if (!parameters.isEmpty()) {
            throw new IllegalStateException(
                    "The graph has parameters " + parameters.keySet() + "; open a session on a state that holds them");
        }
    }

    /**
     * Holds a state to the parameters that the graph needs.
     *
     * @param held what the state has
     * @throws IllegalArgumentException if one is missing or of another spec
     */
    public void requireParameters(Map<String, TensorSpec> held) {
        parameters.forEach((name, spec) -> {
            TensorSpec has = held.get(name);
            if (!spec.equals(has)) {
                throw new IllegalArgumentException("The graph's parameter '" + name + "' needs a state with " + spec
                        + ", got " + (has != null ? has : "none of that name"));
            }
        });
    }

    private static SequencedMap<String, TensorSpec> specs(SequencedMap<String, Value> values) {
        SequencedMap<String, TensorSpec> specs = new LinkedHashMap<>();
        values.forEach((name, value) -> specs.put(name, value.spec()));
        return specs;
    }
}
