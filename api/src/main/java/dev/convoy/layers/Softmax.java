package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;

/**
 * Softmax along an axis (Keras 3 {@code Softmax}).
 *
 * @param axis -1 by default
 */
public record Softmax(int axis) implements ActivationLayer {

    public static Softmax of() {
        return new Softmax(-1);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return g.add(new dev.convoy.graph.composite.Softmax(axis), x);
    }
}
