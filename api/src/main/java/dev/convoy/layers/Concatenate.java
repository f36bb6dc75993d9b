package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * Joins two or more inputs along an axis (Keras 3 {@code Concatenate}).
 *
 * @param axis -1 by default
 */
public record Concatenate(int axis) implements Layer {

    public static Concatenate of() {
        return new Concatenate(-1);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(scope.graph().concat(Inputs.several("Concatenate", inputs), axis));
    }
}
