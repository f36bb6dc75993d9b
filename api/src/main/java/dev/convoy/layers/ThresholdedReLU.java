package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Threshold;

/**
 * {@code x} where {@code x > theta}, else 0 (Keras 2 {@code ThresholdedReLU}; Keras 3 has {@link ReLU} with a threshold
 * in its place).
 *
 * @param theta 1 by default, at least 0
 */
public record ThresholdedReLU(double theta) implements ActivationLayer {

    /**
     * @throws dev.convoy.graph.GraphException if theta is negative
     */
    public ThresholdedReLU {
        Check.of("ThresholdedReLU").that(theta >= 0, "L1", "theta is at least 0", ">= 0", theta);
    }

    public static ThresholdedReLU of() {
        return of(1);
    }

    public static ThresholdedReLU of(double theta) {
        return new ThresholdedReLU(theta);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return g.add(new Threshold(theta, 0), x);
    }
}
