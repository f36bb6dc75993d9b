package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.LeakyRelu;
import dev.convoy.graph.composite.Threshold;

/**
 * {@code maxValue} where {@code x >= maxValue}; {@code x} where {@code threshold < x < maxValue}; else
 * {@code negativeSlope · (x - threshold)} (Keras 3 {@code ReLU}).
 *
 * @param maxValue infinity by default, at least 0
 * @param negativeSlope 0 by default, at least 0
 * @param threshold 0 by default, at least 0
 */
public record ReLU(double maxValue, double negativeSlope, double threshold) implements ActivationLayer {

    /**
     * @throws dev.convoy.graph.GraphException if an argument is negative
     */
    public ReLU {
        Check.of("ReLU")
                .that(
                        maxValue >= 0 && negativeSlope >= 0 && threshold >= 0,
                        "L1",
                        "the arguments are at least 0",
                        ">= 0",
                        "max_value " + maxValue + ", negative_slope " + negativeSlope + ", threshold " + threshold);
    }

    public static ReLU of() {
        return new ReLU(Double.POSITIVE_INFINITY, 0, 0);
    }

    public ReLU maxValue(double value) {
        return new ReLU(value, negativeSlope, threshold);
    }

    public ReLU negativeSlope(double value) {
        return new ReLU(maxValue, value, threshold);
    }

    public ReLU threshold(double value) {
        return new ReLU(maxValue, negativeSlope, value);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        Value y = bent(g, x);
        return maxValue == Double.POSITIVE_INFINITY ? y : g.binary(BinaryFn.MIN, y, maxValue);
    }

    private Value bent(GraphBuilder g, Value x) {
        if (negativeSlope == 0) {
            return threshold == 0 ? g.unary(UnaryFn.RELU, x) : g.add(new Threshold(threshold, 0), x);
        }
        if (threshold == 0) {
            return g.add(new LeakyRelu(negativeSlope), x);
        }
        Value low = g.mul(g.add(x, -threshold), negativeSlope);
        return g.select(g.compare(CompareFn.LE, x, threshold), low, x);
    }
}
