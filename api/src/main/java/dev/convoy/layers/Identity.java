package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;

/** The input as it is (Keras 3 {@code Identity}). */
public record Identity() implements ActivationLayer {

    public static Identity of() {
        return new Identity();
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return x;
    }
}
