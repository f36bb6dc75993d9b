package dev.convoy.importers.onnx.internal.model;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.node.Folding;
import dev.convoy.importers.onnx.internal.node.GraphWriter;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeProblem;
import dev.convoy.importers.onnx.internal.node.OperatorTable;
import dev.convoy.importers.onnx.internal.node.Source;
import dev.convoy.layers.Input;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.Noise;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes that compute a value from constants and from shapes: the shape arithmetic of a file. It is run by writing the
 * nodes into a graph that is thrown away and folding that, so that each operator is written once for data and for shapes.
 *
 * @param nodes operands before their use
 * @param constants that the nodes use, by name
 * @param shaped tensors of which the nodes read the shape, by name
 * @param result the name of the value
 */
record Slice(
        List<NodeDescription> nodes,
        Map<String, Tensor> constants,
        Set<String> shaped,
        String result,
        OperatorTable operators) {

    /**
     * Sizes for a batch that has no size yet. What the batch's size passes through unchanged is the batch; what follows
     * every other way from three unlike sizes depends on it as a number.
     */
    private static final List<Integer> BATCHES = List.of(1, 257, 1021);

    /**
     * The value.
     *
     * @param specs of what is shaped, and perhaps of other values, by name
     * @throws NodeProblem if it cannot be computed here, or depends on the batch as a number
     * @throws dev.convoy.graph.GraphException if a node's operands break a rule of an op
     */
    Known evaluate(Map<String, TensorSpec> specs) {
        Tensor constant = constants.get(result);
        if (constant != null) {
            return Known.of(constant);
        }
        Map<String, TensorSpec> read = new HashMap<>(specs);
        read.keySet().retainAll(shaped);
        if (read.values().stream().allMatch(spec -> spec.shape().isKnown())) {
            return Known.of(evaluate(read, 1));
        }
        return Known.of(BATCHES.stream().map(batch -> evaluate(read, batch)).toList(), BATCHES);
    }

    private Tensor evaluate(Map<String, TensorSpec> specs, int batch) {
        GraphBuilder g = new GraphBuilder();
        Map<String, Source> sources = new HashMap<>();
        constants.forEach((name, tensor) -> sources.put(name, Source.of(g, tensor)));
        specs.forEach((name, spec) ->
                sources.put(name, Source.of(g.input(name, spec.bind(Map.of(Input.BATCH, batch))))));
        GraphWriter writer = new GraphWriter(operators, new Scratch(g), sources);
        writer.write(nodes);
        return new Folding().fold(writer.source(result).value()).orElseThrow(this::unforeseen);
    }

    private NodeProblem unforeseen() {
        List<String> ops =
                nodes.stream().map(NodeDescription::opType).distinct().toList();
        return new NodeProblem(
                "the value '" + result + "' has to be known when the model is loaded, and cannot be computed then from "
                        + String.join(", ", ops),
                "export the model with fixed sizes");
    }

    /** Where numbers are computed nothing is trained and nothing drawn. */
    private record Scratch(GraphBuilder graph) implements LayerScope {

        @Override
        public boolean training() {
            return false;
        }

        @Override
        public Value parameter(String name) {
            throw new IllegalStateException("Shape arithmetic has no parameter '" + name + "'");
        }

        @Override
        public void update(String parameter, Value value) {
            throw new IllegalStateException("Shape arithmetic has no parameter '" + parameter + "'");
        }

        @Override
        public Value noise(Shape shape, Noise kind) {
            throw new NodeProblem("a shape depends on random numbers", "");
        }
    }
}
