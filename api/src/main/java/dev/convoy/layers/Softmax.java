package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * Softmax along an axis (Keras 3 {@code Softmax}).
 *
 * @param axis -1 by default
 */
public record Softmax(int axis) implements Layer {

    public static Softmax of() {
        return new Softmax(-1);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("Softmax", inputs);
        return List.of(scope.graph().add(new dev.convoy.graph.composite.Softmax(axis), x));
    }
}
