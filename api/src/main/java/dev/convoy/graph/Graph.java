package dev.convoy.graph;

import dev.convoy.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/**
 * An immutable program: nodes in an order in which operands come before their use, named inputs, named parameters, named
 * outputs, and updates, which say with what value a parameter goes on after a run. Made by {@link GraphBuilder} or
 * {@link GraphRewriter}.
 */
public final class Graph {

    private final List<Node> nodes;
    private final SequencedMap<String, Value> inputs;
    private final SequencedMap<String, Value> parameters;
    private final SequencedMap<String, Value> outputs;
    private final SequencedMap<String, Value> updates;

    Graph(
            List<Node> nodes,
            SequencedMap<String, Value> inputs,
            SequencedMap<String, Value> parameters,
            SequencedMap<String, Value> outputs,
            SequencedMap<String, Value> updates) {
        this.nodes = List.copyOf(nodes);
        this.inputs = copy(inputs);
        this.parameters = copy(parameters);
        this.outputs = copy(outputs);
        this.updates = copy(updates);
    }

    private static SequencedMap<String, Value> copy(SequencedMap<String, Value> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }

    public List<Node> nodes() {
        return nodes;
    }

    public SequencedMap<String, Value> inputs() {
        return inputs;
    }

    /** Weights and optimizer slots: given once when a session opens, and kept in its state. */
    public SequencedMap<String, Value> parameters() {
        return parameters;
    }

    public SequencedMap<String, Value> outputs() {
        return outputs;
    }

    /** For each parameter that a run changes, its value after the run. */
    public SequencedMap<String, Value> updates() {
        return updates;
    }

    /** Whether every dimension of every value is known. */
    public boolean isBound() {
        return inputs.values().stream().allMatch(v -> v.shape().isKnown())
                && nodes.stream()
                        .flatMap(n -> n.outputs().stream())
                        .allMatch(v -> v.shape().isKnown());
    }

    /**
     * This graph with named dimensions replaced by sizes.
     *
     * @throws GraphException if a rule does not hold for the sizes
     */
    public Graph bind(Map<String, Integer> sizes) {
        return new GraphRewriter(this).bind(sizes).rewrite();
    }

    /**
     * This graph with its parameters as constants, for inference.
     *
     * @param values the tensor for a parameter's name
     * @throws IllegalArgumentException if the graph updates parameters, or a tensor does not fit its parameter
     */
    public Graph freeze(Function<String, Tensor> values) {
        if (!updates.isEmpty()) {
            throw new IllegalArgumentException(
                    "A graph that updates parameters cannot be frozen; it updates " + updates.keySet());
        }
        return new GraphRewriter(this).freeze(values).rewrite();
    }

    /**
     * This graph with only some of its nodes. Its values stay the same objects.
     *
     * @throws GraphException if a node, an output or an update needs a node that is left out
     */
    public Graph retain(Set<Node> kept) {
        List<Node> remaining = nodes.stream().filter(kept::contains).toList();
        return GraphVerifier.verify(new Graph(remaining, inputs, parameters, outputs, updates));
    }

    /** The whole graph, a line per node. */
    @Override
    public String toString() {
        return GraphPrinter.print(this);
    }
}
