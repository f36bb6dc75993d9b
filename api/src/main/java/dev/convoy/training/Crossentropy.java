package dev.convoy.training;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Clip;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.graph.composite.Softplus;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;

/** The cross-entropies of Keras 3, of probabilities or of logits. */
public final class Crossentropy {

    /** Probabilities are kept this far from 0 and 1: Keras' {@code epsilon()}. */
    static final double EPSILON = 1e-7;

    private Crossentropy() {}

    /**
     * {@code -log p[target]} (Keras 3 {@code SparseCategoricalCrossentropy}). Targets are class numbers, int32, of the
     * prediction's shape without its last axis.
     *
     * @param fromLogits whether predictions are logits; false by default: probabilities, brought to the sum 1
     */
    public record Sparse(boolean fromLogits) implements Loss {
        @Override
        public String name() {
            return "sparse_categorical_crossentropy";
        }

        @Override
        public TensorSpec target(TensorSpec prediction) {
            classes(name(), prediction);
            Shape shape = prediction.shape();
            return new TensorSpec(DataType.INT32, shape.slice(0, shape.rank() - 1));
        }

        @Override
        public Value apply(GraphBuilder g, Value target, Value prediction) {
            Value logs = logProbabilities(g, prediction, fromLogits);
            int rank = prediction.shape().rank();
            int classes = prediction.shape().size(-1);
            Shape axis = Shape.of(Collections.nCopies(rank - 1, 1)).concat(Shape.of(classes));
            Value numbers = g.add(new Iota(DataType.INT32, axis, rank - 1));
            Value wanted = g.reshape(target, target.shape().concat(Shape.ofDims(List.of(Dim.of(1)))));
            Value chosen = g.select(
                    g.compare(CompareFn.EQ, numbers, wanted),
                    logs,
                    g.scalar(0, prediction.spec().type()));
            return g.unary(UnaryFn.NEG, g.reduce(ReduceFn.SUM, chosen, List.of(-1), false));
        }
    }

    /**
     * {@code -Σ target · log p} (Keras 3 {@code CategoricalCrossentropy}). Targets are distributions over the classes, of
     * the prediction's spec.
     *
     * @param fromLogits whether predictions are logits; false by default: probabilities, brought to the sum 1
     * @param labelSmoothing s of {@code target · (1 - s) + s / classes}; 0 by default
     */
    public record Categorical(boolean fromLogits, double labelSmoothing) implements Loss {

        public Categorical {
            smoothing(labelSmoothing);
        }

        @Override
        public String name() {
            return "categorical_crossentropy";
        }

        @Override
        public TensorSpec target(TensorSpec prediction) {
            return classes(name(), prediction);
        }

        @Override
        public Value apply(GraphBuilder g, Value target, Value prediction) {
            int classes = prediction.shape().size(-1);
            Value smooth =
                    labelSmoothing == 0 ? target : g.add(g.mul(target, 1 - labelSmoothing), labelSmoothing / classes);
            Value products = g.mul(smooth, logProbabilities(g, prediction, fromLogits));
            return g.unary(UnaryFn.NEG, g.reduce(ReduceFn.SUM, products, List.of(-1), false));
        }
    }

    /**
     * {@code -mean(target · log p + (1 - target) · log(1 - p))} along the last axis (Keras 3 {@code BinaryCrossentropy}).
     * Targets are 0 to 1, of the prediction's spec.
     *
     * @param fromLogits whether predictions are logits; false by default
     * @param labelSmoothing s of {@code target · (1 - s) + s / 2}; 0 by default
     */
    public record Binary(boolean fromLogits, double labelSmoothing) implements Loss {

        public Binary {
            smoothing(labelSmoothing);
        }

        @Override
        public String name() {
            return "binary_crossentropy";
        }

        @Override
        public TensorSpec target(TensorSpec prediction) {
            return prediction;
        }

        @Override
        public Value apply(GraphBuilder g, Value target, Value prediction) {
            Value smooth = labelSmoothing == 0 ? target : g.add(g.mul(target, 1 - labelSmoothing), labelSmoothing / 2);
            Value losses = fromLogits ? ofLogits(g, smooth, prediction) : ofProbabilities(g, smooth, prediction);
            return g.reduce(ReduceFn.MEAN, losses, List.of(-1), false);
        }

        /** {@code softplus(x) - target · x}. */
        private static Value ofLogits(GraphBuilder g, Value target, Value x) {
            return g.sub(g.add(new Softplus(), x), g.mul(target, x));
        }

        private static Value ofProbabilities(GraphBuilder g, Value target, Value prediction) {
            Value p = g.add(new Clip(EPSILON, 1 - EPSILON), prediction);
            Value one = g.scalar(1, prediction.spec().type());
            Value hit = g.mul(target, g.unary(UnaryFn.LOG, p));
            Value miss = g.mul(g.sub(one, target), g.unary(UnaryFn.LOG, g.sub(one, p)));
            return g.unary(UnaryFn.NEG, g.add(hit, miss));
        }
    }

    private static void smoothing(double value) {
        Check.of("Loss")
                .that(
                        value >= 0 && value <= 1,
                        "L1",
                        "label smoothing is between 0 and 1",
                        "0 <= label_smoothing <= 1",
                        value);
    }

    private static TensorSpec classes(String loss, TensorSpec prediction) {
        Check.of("Loss")
                .that(
                        prediction.shape().rank() >= 2 && prediction.shape().size(-1) >= 2,
                        "L2",
                        loss + " needs predictions with an axis of two or more classes at the end",
                        "[n, …, classes]",
                        prediction.shape());
        return prediction;
    }

    private static Value logProbabilities(GraphBuilder g, Value prediction, boolean fromLogits) {
        if (fromLogits) {
            return g.add(new LogSoftmax(-1), prediction);
        }
        Value normalised = g.div(prediction, g.reduce(ReduceFn.SUM, prediction, List.of(-1), true));
        return g.unary(UnaryFn.LOG, g.add(new Clip(EPSILON, 1 - EPSILON), normalised));
    }

    /** {@code max(x, low)} for a number. */
    static Value atLeast(GraphBuilder g, Value x, double low) {
        return g.binary(BinaryFn.MAX, x, low);
    }
}
