package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.LeakyRelu;

/**
 * {@code x} where {@code x >= 0}, else {@code negativeSlope · x} (Keras 3 {@code LeakyReLU}).
 *
 * @param negativeSlope 0.3 by default, at least 0; Keras 1 and 2 call it {@code alpha}
 */
public record LeakyReLU(double negativeSlope) implements ActivationLayer {

    /**
     * @throws dev.convoy.graph.GraphException if the slope is negative
     */
    public LeakyReLU {
        Check.of("LeakyReLU").that(negativeSlope >= 0, "L1", "negative_slope is at least 0", ">= 0", negativeSlope);
    }

    public static LeakyReLU of() {
        return of(0.3);
    }

    public static LeakyReLU of(double negativeSlope) {
        return new LeakyReLU(negativeSlope);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return g.add(new LeakyRelu(negativeSlope), x);
    }
}
