package dev.convoy.graph;

import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a graph anew, node by node; how every pass works. Each node goes through a {@link Rule}, which writes something
 * else in its place or leaves it; specs are inferred again where operands have others than before, so a rewritten graph
 * obeys all rules again.
 */
public final class GraphRewriter {

    /** Decides what stands in the place of a node. */
    @FunctionalInterface
    public interface Rule {
        /**
         * @param g receives the nodes; the layer of {@code node} is already set
         * @param node a node of the old graph
         * @param inputs its operands in the new graph
         * @return the new values of its results, or null to copy the node
         */
        @Nullable
        List<Value> apply(GraphBuilder g, Node node, List<Value> inputs);
    }

    private final Graph graph;
    private final GraphBuilder builder = new GraphBuilder();
    private final Map<Value, Value> mapping = new HashMap<>();
    private Map<String, Integer> sizes = Map.of();
    private @Nullable Function<String, Tensor> constants;

    public GraphRewriter(Graph graph) {
        this.graph = graph;
    }

    /** Rewrites with a rule and nothing else. */
    public static Graph rewrite(Graph graph, Rule rule) {
        return new GraphRewriter(graph).rewrite(rule);
    }

    GraphRewriter bind(Map<String, Integer> newSizes) {
        sizes = newSizes;
        return this;
    }

    GraphRewriter freeze(Function<String, Tensor> values) {
        constants = values;
        return this;
    }

    Graph rewrite() {
        return rewrite((g, node, inputs) -> null);
    }

    /** The value in the new graph of a value of the old one that has been written already. */
    public Value mapped(Value old) {
        Value value = mapping.get(old);
        if (value == null) {
            throw new IllegalStateException(old + " is not written yet");
        }
        return value;
    }

    /** The new graph. A rewriter is used once. */
    public Graph rewrite(Rule rule) {
        graph.inputs()
                .forEach((name, value) ->
                        mapping.put(value, builder.input(name, value.spec().bind(sizes))));
        graph.parameters().forEach((name, value) -> mapping.put(value, parameter(name, value.spec())));
        for (Node node : graph.nodes()) {
            List<Value> inputs = node.inputs().stream().map(this::mapped).toList();
            builder.in(node.origin(), () -> write(node, inputs, rule));
        }
        graph.outputs().forEach((name, value) -> builder.output(name, mapped(value)));
        graph.updates().forEach((name, value) -> builder.update(name, mapped(value)));
        return builder.build();
    }

    private List<Value> write(Node node, List<Value> inputs, Rule rule) {
        List<Value> results = rule.apply(builder, node, inputs);
        if (results == null) {
            results = sizes.isEmpty()
                    ? builder.copy(node, inputs)
                    : builder.add(node.op().bind(sizes), inputs);
        }
        if (results.size() != node.outputs().size()) {
            throw new IllegalStateException(
                    node.op().name() + " has " + node.outputs().size() + " results, its replacement " + results.size());
        }
        for (int i = 0; i < results.size(); i++) {
            mapping.put(node.outputs().get(i), results.get(i));
        }
        return results;
    }

    private Value parameter(String name, TensorSpec spec) {
        if (constants == null) {
            return builder.parameter(name, spec);
        }
        Tensor value = constants.apply(name);
        if (!value.spec().equals(spec)) {
            throw new IllegalArgumentException(
                    "Parameter '" + name + "' is " + spec + ", the tensor given for it is " + value.spec());
        }
        return builder.constant(value);
    }

    /** Copies the nodes that {@code outputs} need of a body graph into a builder, with its inputs replaced by values. */
    public static SequencedMap<String, Value> inline(Graph body, GraphBuilder g, List<Value> arguments) {
        Map<Value, Value> mapping = new HashMap<>();
        int index = 0;
        for (Value input : body.inputs().values()) {
            mapping.put(input, arguments.get(index++));
        }
        for (Node node : body.nodes()) {
            List<Value> results =
                    g.add(node.op(), node.inputs().stream().map(mapping::get).toList());
            for (int i = 0; i < results.size(); i++) {
                mapping.put(node.outputs().get(i), results.get(i));
            }
        }
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        body.outputs().forEach((name, value) -> outputs.put(name, mapping.get(value)));
        return outputs;
    }
}
