package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * Applies an activation to any tensor (Keras 3 {@code Activation}).
 *
 * @param function see {@link Activations}
 */
public record Activation(ActivationFn function) implements Layer {

    public static Activation of(ActivationFn function) {
        return new Activation(function);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(function.apply(scope.graph(), Inputs.one("Activation", inputs)));
    }
}
