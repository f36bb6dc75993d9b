package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;

/**
 * Applies an activation to any tensor (Keras 3 {@code Activation}).
 *
 * @param function see {@link Activations} and {@link CompositeActivation}
 */
public record Activation(ActivationFn function) implements ActivationLayer {

    public static Activation of(ActivationFn function) {
        return new Activation(function);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return function.apply(g, x);
    }
}
