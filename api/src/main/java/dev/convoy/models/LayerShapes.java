package dev.convoy.models;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.Noise;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the output specs of a layer by writing it into a graph that is thrown away. */
final class LayerShapes {

    private LayerShapes() {}

    static List<TensorSpec> outputs(LayerNode node, List<TensorSpec> inputs) {
        GraphBuilder g = new GraphBuilder();
        String path = node.isNamed() ? node.name() : node.layer().className();
        return g.in(path, () -> {
            List<Value> operands =
                    inputs.stream().map(spec -> g.input("input", spec)).toList();
            Map<String, Value> parameters = new HashMap<>();
            for (ParameterSpec spec : node.layer().parameters(inputs)) {
                parameters.put(spec.name(), g.parameter(spec.name(), spec.spec()));
            }
            return node.layer().apply(new Scratch(g, parameters), operands).stream()
                    .map(Value::spec)
                    .toList();
        });
    }

    private record Scratch(GraphBuilder graph, Map<String, Value> parameters) implements LayerScope {

        @Override
        public boolean training() {
            return false;
        }

        @Override
        public Value parameter(String name) {
            Value value = parameters.get(name);
            if (value == null) {
                throw new IllegalArgumentException("The layer uses a parameter '" + name
                        + "' that it does not declare; it declares " + parameters.keySet());
            }
            return value;
        }

        @Override
        public void update(String parameter, Value value) {
            parameter(parameter);
        }

        @Override
        public Value noise(Shape shape, Noise kind) {
            return graph.input("noise", new TensorSpec(kind.type(), shape));
        }
    }
}
