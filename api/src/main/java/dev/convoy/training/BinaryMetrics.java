package dev.convoy.training;

import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of yes-or-no questions, with the formulas and defaults of Keras 3. Every element of a prediction is a question of
 * its own; a target above 0 is a yes.
 */
public final class BinaryMetrics {

    /** Of the elements predicted above 0.5, the share that are yes. */
    public static final Metric PRECISION =
            new Counted("precision", List.of(0.5), counts -> counts.get(0).precision());

    /** Of the elements that are yes, the share predicted above 0.5. */
    public static final Metric RECALL =
            new Counted("recall", List.of(0.5), counts -> counts.get(0).recall());

    /** The harmonic mean of precision and recall over all elements (Keras' F1 with average micro and threshold 0.5). */
    public static final Metric F1 =
            new Counted("f1_score", List.of(0.5), counts -> counts.get(0).f1());

    /** The area under the curve of true over false positives, by trapezoids between 200 thresholds. */
    public static final Metric AUC = new Counted("auc", thresholds(200), BinaryMetrics::area);

    private BinaryMetrics() {}

    /**
     * @param truePositives yes, predicted above the threshold
     * @param falsePositives no, predicted above
     * @param trueNegatives no, predicted at or below
     * @param falseNegatives yes, predicted at or below
     */
    private record Counts(double truePositives, double falsePositives, double trueNegatives, double falseNegatives) {

        double precision() {
            return ratio(truePositives, truePositives + falsePositives);
        }

        double recall() {
            return ratio(truePositives, truePositives + falseNegatives);
        }

        double falsePositiveRate() {
            return ratio(falsePositives, falsePositives + trueNegatives);
        }

        double f1() {
            return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
        }

        private static double ratio(double part, double whole) {
            return whole == 0 ? 0 : part / whole;
        }
    }

    /** A figure made of counts at thresholds. */
    @FunctionalInterface
    private interface Figure {
        double of(List<Counts> counts);
    }

    private record Counted(String name, List<Double> thresholds, Figure figure) implements Metric {
        @Override
        public MonitorMode mode() {
            return MonitorMode.MAX;
        }

        @Override
        public Accumulator start() {
            return new Accumulator() {
                private final double[] yesAbove = new double[thresholds.size()];
                private final double[] noAbove = new double[thresholds.size()];
                private double yes;
                private double no;

                @Override
                public void add(Tensor target, Tensor prediction, @Nullable Tensor weights) {
                    if (target.size() != prediction.size()) {
                        throw new IllegalArgumentException(
                                "Targets " + target.spec() + " do not fit predictions " + prediction.spec());
                    }
                    int width = prediction.size() / prediction.shape().size(0);
                    for (int i = 0; i < prediction.size(); i++) {
                        double weight = weights == null ? 1 : weights.get(i / width);
                        boolean isYes = target.get(i) > 0;
                        yes += isYes ? weight : 0;
                        no += isYes ? 0 : weight;
                        count(isYes ? yesAbove : noAbove, prediction.get(i), weight);
                    }
                }

                private void count(double[] above, double value, double weight) {
                    for (int t = 0; t < above.length; t++) {
                        above[t] += value > thresholds.get(t) ? weight : 0;
                    }
                }

                @Override
                public double[] sums() {
                    int count = yesAbove.length;
                    double[] sums = Arrays.copyOf(yesAbove, 2 * count + 2);
                    System.arraycopy(noAbove, 0, sums, count, count);
                    sums[2 * count] = yes;
                    sums[2 * count + 1] = no;
                    return sums;
                }

                @Override
                public void restore(double[] sums) {
                    int count = yesAbove.length;
                    Accumulator.requireSums(sums, 2 * count + 2);
                    System.arraycopy(sums, 0, yesAbove, 0, count);
                    System.arraycopy(sums, count, noAbove, 0, count);
                    yes = sums[2 * count];
                    no = sums[2 * count + 1];
                }

                @Override
                public double value() {
                    List<Counts> counts = new ArrayList<>();
                    for (int t = 0; t < thresholds.size(); t++) {
                        counts.add(new Counts(yesAbove[t], noAbove[t], no - noAbove[t], yes - yesAbove[t]));
                    }
                    return figure.of(Collections.unmodifiableList(counts));
                }
            };
        }
    }

    /** Evenly spaced from just below 0 to just above 1. */
    private static List<Double> thresholds(int count) {
        List<Double> thresholds = new ArrayList<>(List.of(-Crossentropy.EPSILON));
        for (int i = 1; i < count - 1; i++) {
            thresholds.add((double) i / (count - 1));
        }
        thresholds.add(1 + Crossentropy.EPSILON);
        return List.copyOf(thresholds);
    }

    private static double area(List<Counts> counts) {
        double area = 0;
        for (int t = 0; t < counts.size() - 1; t++) {
            double width = counts.get(t).falsePositiveRate() - counts.get(t + 1).falsePositiveRate();
            area += width * (counts.get(t).recall() + counts.get(t + 1).recall()) / 2;
        }
        return area;
    }
}
