package dev.convoy.training;

import dev.convoy.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Metrics that are means over samples, with the formulas and defaults of Keras 3. */
public final class Metrics {

    /**
     * The share of right answers: of class numbers against the largest prediction, of distributions against the largest
     * prediction, or, where a prediction is one number, of targets against {@code prediction > 0.5}. The kind follows from
     * the shapes.
     */
    public static final Metric ACCURACY = share("accuracy", Metrics::accuracy);

    /** The share of elements on the right side of 0.5. */
    public static final Metric BINARY_ACCURACY = binaryAccuracy(0.5);

    /** Mean of {@code (y - p)²}. */
    public static final Metric MEAN_SQUARED_ERROR = errors("mean_squared_error", (y, p) -> (y - p) * (y - p), v -> v);

    /** Mean of {@code |y - p|}. */
    public static final Metric MEAN_ABSOLUTE_ERROR = errors("mean_absolute_error", (y, p) -> Math.abs(y - p), v -> v);

    /** Root of the mean of {@code (y - p)²}. */
    public static final Metric ROOT_MEAN_SQUARED_ERROR =
            errors("root_mean_squared_error", (y, p) -> (y - p) * (y - p), Math::sqrt);

    /** Mean of {@code 100 · |y - p| / max(|y|, 1e-7)}. */
    public static final Metric MEAN_ABSOLUTE_PERCENTAGE_ERROR = errors(
            "mean_absolute_percentage_error",
            (y, p) -> 100 * Math.abs((y - p) / Math.max(Math.abs(y), Crossentropy.EPSILON)),
            v -> v);

    private Metrics() {}

    /** The share of elements on the right side of a threshold. */
    public static Metric binaryAccuracy(double threshold) {
        return elements("binary_accuracy", MonitorMode.MAX, (y, p) -> y == (p > threshold ? 1 : 0) ? 1 : 0, v -> v);
    }

    /**
     * The share of samples whose class is among the k largest predictions.
     *
     * @param k Keras' default is 5
     */
    public static Metric topKAccuracy(int k) {
        return share("top_" + k + "_accuracy", (target, prediction, row) -> {
            int classes = classes(prediction);
            int wanted = wanted(target, row, classes);
            int larger = 0;
            for (int c = 0; c < classes; c++) {
                larger += prediction.get(row * classes + c) > prediction.get(row * classes + wanted) ? 1 : 0;
            }
            return larger < k ? 1 : 0;
        });
    }

    /** What one row counts. */
    @FunctionalInterface
    private interface RowScore {
        double of(Tensor target, Tensor prediction, int row);
    }

    /** What one element counts. */
    @FunctionalInterface
    private interface ElementScore {
        double of(double target, double prediction);
    }

    private record Mean(String name, MonitorMode mode, RowScore score, DoubleUnaryOperator result) implements Metric {
        @Override
        public Accumulator start() {
            return new Accumulator() {
                private double sum;
                private double weight;

                @Override
                public void add(Tensor target, Tensor prediction, @Nullable Tensor weights) {
                    int samples = prediction.shape().size(0);
                    int rows = rows(target, prediction);
                    for (int row = 0; row < rows; row++) {
                        double w = weights == null ? 1 : weights.get(row / (rows / samples));
                        sum += w * score.of(target, prediction, row);
                        weight += w;
                    }
                }

                @Override
                public double value() {
                    return result.applyAsDouble(sum / weight);
                }

                @Override
                public double[] sums() {
                    return new double[] {sum, weight};
                }

                @Override
                public void restore(double[] sums) {
                    Accumulator.requireSums(sums, 2);
                    sum = sums[0];
                    weight = sums[1];
                }
            };
        }

        /** Rows along the last axis, which all targets but class numbers have too. */
        private static int rows(Tensor target, Tensor prediction) {
            int rows = prediction.size() / classes(prediction);
            int targets = target.shape().rank() < prediction.shape().rank()
                    ? target.size()
                    : target.size() / classes(prediction);
            if (targets != rows) {
                throw new IllegalArgumentException(
                        "Targets " + target.spec() + " do not fit predictions " + prediction.spec());
            }
            return rows;
        }
    }

    /** The share of rows that are right. */
    private static Metric share(String name, RowScore score) {
        return new Mean(name, MonitorMode.MAX, score, v -> v);
    }

    private static Metric errors(String name, ElementScore score, DoubleUnaryOperator result) {
        return elements(name, MonitorMode.MIN, score, result);
    }

    private static Metric elements(String name, MonitorMode mode, ElementScore score, DoubleUnaryOperator result) {
        return new Mean(
                name,
                mode,
                (target, prediction, row) -> {
                    int width = classes(prediction);
                    double sum = 0;
                    for (int i = row * width; i < (row + 1) * width; i++) {
                        sum += score.of(target.get(i), prediction.get(i));
                    }
                    return sum / width;
                },
                result);
    }

    private static double accuracy(Tensor target, Tensor prediction, int row) {
        int classes = classes(prediction);
        if (classes == 1) {
            return target.get(row) == (prediction.get(row) > 0.5 ? 1 : 0) ? 1 : 0;
        }
        return wanted(target, row, classes) == largest(prediction, row, classes) ? 1 : 0;
    }

    static int classes(Tensor prediction) {
        return prediction.shape().size(-1);
    }

    /** The class of a row: its number, or the largest element of its distribution. */
    static int wanted(Tensor target, int row, int classes) {
        return target.type().isInteger() ? (int) target.get(row) : largest(target, row, classes);
    }

    /** The first of the largest elements of a row. */
    static int largest(Tensor values, int row, int width) {
        int best = 0;
        for (int c = 1; c < width; c++) {
            if (values.get(row * width + c) > values.get(row * width + best)) {
                best = c;
            }
        }
        return best;
    }
}
