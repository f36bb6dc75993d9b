package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Elu;

/**
 * {@code x} where {@code x > 0}, else {@code alpha · (exp(x) - 1)} (Keras 3 {@code ELU}).
 *
 * @param alpha 1 by default
 */
public record ELU(double alpha) implements ActivationLayer {

    public static ELU of() {
        return of(1);
    }

    public static ELU of(double alpha) {
        return new ELU(alpha);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return g.add(new Elu(alpha), x);
    }
}
