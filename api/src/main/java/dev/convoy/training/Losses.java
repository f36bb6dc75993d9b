package dev.convoy.training;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Clip;
import dev.convoy.graph.composite.Softplus;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The losses of Keras 3 with its formulas and defaults. Each compares a target of the prediction's spec with it along the
 * last axis, but for SPARSE_CATEGORICAL_CROSSENTROPY, whose targets are class numbers.
 */
public final class Losses {

    /** Class numbers against probabilities. */
    public static final Loss SPARSE_CATEGORICAL_CROSSENTROPY = new Crossentropy.Sparse(false);

    /** Distributions against probabilities. */
    public static final Loss CATEGORICAL_CROSSENTROPY = new Crossentropy.Categorical(false, 0);

    /** Zeros and ones against probabilities. */
    public static final Loss BINARY_CROSSENTROPY = new Crossentropy.Binary(false, 0);

    /** {@code mean((y - p)²)}. */
    public static final Loss MEAN_SQUARED_ERROR =
            elementwise("mean_squared_error", (g, y, p) -> square(g, g.sub(p, y)));

    /** {@code mean(|y - p|)}. */
    public static final Loss MEAN_ABSOLUTE_ERROR =
            elementwise("mean_absolute_error", (g, y, p) -> g.unary(UnaryFn.ABS, g.sub(p, y)));

    /** {@code 100 · mean(|y - p| / max(|y|, 1e-7))}. */
    public static final Loss MEAN_ABSOLUTE_PERCENTAGE_ERROR =
            elementwise("mean_absolute_percentage_error", (g, y, p) -> {
                Value size = Crossentropy.atLeast(g, g.unary(UnaryFn.ABS, y), Crossentropy.EPSILON);
                return g.mul(g.unary(UnaryFn.ABS, g.div(g.sub(y, p), size)), 100);
            });

    /** {@code mean((log(1 + y) - log(1 + p))²)}, with y and p at least 1e-7. */
    public static final Loss MEAN_SQUARED_LOGARITHMIC_ERROR = elementwise(
            "mean_squared_logarithmic_error", (g, y, p) -> square(g, g.sub(logOnePlus(g, y), logOnePlus(g, p))));

    /** {@code mean(log(cosh(p - y)))}. */
    public static final Loss LOG_COSH = elementwise("log_cosh", (g, y, p) -> {
        Value x = g.sub(p, y);
        return g.add(g.add(x, g.add(new Softplus(), g.mul(x, -2))), -Math.log(2));
    });

    /** {@code mean(max(1 - y·p, 0))}, with targets 0 taken as -1. */
    public static final Loss HINGE = elementwise("hinge", Losses::hinge);

    /** {@code mean(max(1 - y·p, 0)²)}, with targets 0 taken as -1. */
    public static final Loss SQUARED_HINGE = elementwise("squared_hinge", (g, y, p) -> square(g, hinge(g, y, p)));

    /** {@code max(max((1 - y)·p) - Σ y·p + 1, 0)}. */
    public static final Loss CATEGORICAL_HINGE = along("categorical_hinge", (g, y, p) -> {
        Value positive = g.reduce(ReduceFn.SUM, g.mul(y, p), List.of(-1), false);
        Value others = g.mul(g.sub(g.scalar(1, y.spec().type()), y), p);
        Value negative = g.reduce(ReduceFn.MAX, others, List.of(-1), false);
        return Crossentropy.atLeast(g, g.add(g.sub(negative, positive), 1), 0);
    });

    /** {@code Σ y · log(y / p)}, with y and p in {@code [1e-7, 1]}. */
    public static final Loss KL_DIVERGENCE = along("kl_divergence", (g, y, p) -> {
        Value target = g.add(new Clip(Crossentropy.EPSILON, 1), y);
        Value ratio = g.div(target, g.add(new Clip(Crossentropy.EPSILON, 1), p));
        return g.reduce(ReduceFn.SUM, g.mul(target, g.unary(UnaryFn.LOG, ratio)), List.of(-1), false);
    });

    /** {@code mean(p - y · log(p + 1e-7))}. */
    public static final Loss POISSON = elementwise(
            "poisson", (g, y, p) -> g.sub(p, g.mul(y, g.unary(UnaryFn.LOG, g.add(p, Crossentropy.EPSILON)))));

    /** {@code -Σ y/|y| · p/|p|}, a norm being at least 1e-7. */
    public static final Loss COSINE_SIMILARITY = along(
            "cosine_similarity",
            (g, y, p) ->
                    g.unary(UnaryFn.NEG, g.reduce(ReduceFn.SUM, g.mul(unit(g, y), unit(g, p)), List.of(-1), false)));

    private Losses() {}

    /**
     * {@code mean(e²/2)} where {@code |e| <= delta}, else {@code mean(delta · |e| - delta²/2)} (Keras 3 {@code Huber}).
     *
     * @param delta positive; Keras' default is 1
     */
    public static Loss huber(double delta) {
        return new Huber(delta);
    }

    /** With its setting, so that it can be written. */
    record Huber(double delta) implements Loss {

        Huber {
            Check.of("Loss").that(delta > 0, "L3", "delta is positive", "> 0", delta);
        }

        @Override
        public String name() {
            return "huber";
        }

        @Override
        public TensorSpec target(TensorSpec prediction) {
            return formula().target(prediction);
        }

        @Override
        public Value apply(GraphBuilder g, Value target, Value prediction) {
            return formula().apply(g, target, prediction);
        }

        private Loss formula() {
            return elementwise(name(), (g, y, p) -> {
                Value error = g.sub(p, y);
                Value size = g.unary(UnaryFn.ABS, error);
                Value linear = g.add(g.mul(size, delta), -0.5 * delta * delta);
                return g.select(g.compare(CompareFn.LE, size, delta), g.mul(square(g, error), 0.5), linear);
            });
        }
    }

    /** A formula for target and prediction. */
    @FunctionalInterface
    private interface Formula {
        Value write(GraphBuilder g, Value target, Value prediction);
    }

    private record Simple(String name, Formula formula) implements Loss {
        @Override
        public TensorSpec target(TensorSpec prediction) {
            Check.of("Loss")
                    .that(
                            prediction.shape().rank() >= 2,
                            "L2",
                            name + " compares along the last axis",
                            "[n, …, k]",
                            prediction.shape());
            return prediction;
        }

        @Override
        public Value apply(GraphBuilder g, Value target, Value prediction) {
            return formula.write(g, target, prediction);
        }
    }

    /** The mean of a formula's elements along the last axis. */
    private static Loss elementwise(String name, Formula formula) {
        return along(name, (g, y, p) -> g.reduce(ReduceFn.MEAN, formula.write(g, y, p), List.of(-1), false));
    }

    private static Loss along(String name, Formula formula) {
        return new Simple(name, formula);
    }

    private static Value square(GraphBuilder g, Value x) {
        return g.mul(x, x);
    }

    private static Value logOnePlus(GraphBuilder g, Value x) {
        return g.unary(UnaryFn.LOG1P, Crossentropy.atLeast(g, x, Crossentropy.EPSILON));
    }

    private static Value hinge(GraphBuilder g, Value y, Value p) {
        Value signs =
                g.select(g.compare(CompareFn.EQ, y, 0), g.scalar(-1, y.spec().type()), y);
        Value margin = g.binary(BinaryFn.SUB, g.scalar(1, y.spec().type()), g.mul(signs, p));
        return Crossentropy.atLeast(g, margin, 0);
    }

    private static Value unit(GraphBuilder g, Value x) {
        Value squares = g.reduce(ReduceFn.SUM, square(g, x), List.of(-1), true);
        return g.div(x, g.unary(UnaryFn.SQRT, Crossentropy.atLeast(g, squares, 1e-14)));
    }
}
