package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A layer with a name, which a model takes over; otherwise the same layer.
 *
 * @param name unique among the layers of a model; with {@code /} in it, a path: {@code features/conv1} as exporters of ONNX
 *     name layers, of which {@code features} stands for all that begin so
 */
public record Named(String name, Layer layer) implements Layer {

    /**
     * @throws IllegalArgumentException if the name or a part of the path is blank
     */
    public Named {
        for (String part : name.split("/", -1)) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("A layer's name, or a part of its path, is blank: '" + name + "'");
            }
        }
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return layer.parameters(inputs);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return layer.apply(scope, inputs);
    }

    @Override
    public String className() {
        return layer.className();
    }
}
