package dev.convoy.importers.onnx.internal.model;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OperatorTable;
import dev.convoy.importers.onnx.internal.node.ParameterSource;
import dev.convoy.importers.onnx.internal.node.Source;
import dev.convoy.layers.Initializer;
import dev.convoy.layers.Layer;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.layers.Weight;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A node of an ONNX graph as a layer. Its weights are parameters under ONNX's names of the operands; they start with the
 * file's values, also where a model is initialized anew, since a file does not say how they were drawn.
 *
 * @param inputs the values that the layer is called with: data, and tensors of which the shape alone is read
 * @param operands every value that the node uses, by name
 */
record OnnxNode(
        NodeDescription node, OperatorTable operators, List<String> inputs, SequencedMap<String, Operand> operands)
        implements Layer {

    OnnxNode {
        inputs = List.copyOf(inputs);
        operands = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(operands));
    }

    @Override
    public String className() {
        return node.opType();
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> specs) {
        List<ParameterSpec> parameters = new ArrayList<>();
        operands.forEach((name, operand) -> {
            if (operand instanceof Operand.Parameter(String role, Tensor initial, boolean trainable)) {
                Weight weight = Weight.of(Initializer.given(initial));
                parameters.add(new ParameterSpec(role, initial.spec(), weight, trainable));
            }
        });
        return parameters;
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> values) {
        Map<String, Source> sources = new HashMap<>();
        Map<String, TensorSpec> specs = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            sources.put(inputs.get(i), Source.of(values.get(i)));
            specs.put(inputs.get(i), values.get(i).spec());
        }
        operands.forEach((name, operand) -> {
            switch (operand) {
                case Operand.Data() -> {}
                case Operand.Parameter p -> sources.put(name, new ParameterSource(p.role(), scope.parameter(p.role())));
                case Operand.Foreseen(Slice slice) -> sources.put(name, new Foreseen(scope.graph(), slice, specs));
            }
        });
        return NodeScope.write(node, operators, scope, sources);
    }

    /** Computed when it is first asked for. */
    private static final class Foreseen implements Source {
        private final GraphBuilder graph;
        private final Slice slice;
        private final Map<String, TensorSpec> specs;
        private @Nullable Known known;

        Foreseen(GraphBuilder graph, Slice slice, Map<String, TensorSpec> specs) {
            this.graph = graph;
            this.slice = slice;
            this.specs = specs;
        }

        private Known computed() {
            Known computed = known;
            if (computed == null) {
                computed = slice.evaluate(specs);
                known = computed;
            }
            return computed;
        }

        @Override
        public Value value() {
            return graph.constant(computed().tensor());
        }

        @Override
        public Optional<Known> known() {
            return Optional.of(computed());
        }
    }
}
