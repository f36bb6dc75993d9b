package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A layer with a name, which a model takes over; otherwise the same layer.
 *
 * @param name unique among the layers of a model; without {@code /}
 */
public record Named(String name, Layer layer) implements Layer {

    /**
     * @throws IllegalArgumentException if the name is blank or contains a slash
     */
    public Named {
        if (name.isBlank() || name.contains("/")) {
            throw new IllegalArgumentException("A layer's name is not blank and has no '/', got '" + name + "'");
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
