package dev.convoy.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics against the examples in Keras' own documentation, and against numbers worked out by hand. */
class MetricsTest {

    /** An example of Keras' documentation: without weights and with them. */
    record Example(Metric metric, Tensor target, Tensor prediction, double plain, Tensor weights, double weighted) {
        @Override
        public String toString() {
            return metric.name() + " of " + target.spec();
        }
    }

    private static Tensor column(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, floats.length, 1);
    }

    private static Tensor rows(int width, double... values) {
        return column(values).reshape(values.length / width, width);
    }

    private static Tensor weights(double... values) {
        return column(values).reshape(values.length);
    }

    static Stream<Example> examples() {
        Tensor bits = rows(2, 0, 1, 0, 0);
        Tensor guesses = rows(2, 1, 1, 0, 0);
        Tensor pair = weights(1, 0);
        Tensor yes = column(0, 1, 1, 1);
        Tensor said = column(1, 0, 1, 1);
        Tensor third = weights(0, 0, 1, 0);
        Tensor classes = rows(3, 0, 0, 1, 0, 1, 0);
        Tensor scores = rows(3, 0.1, 0.9, 0.8, 0.05, 0.95, 0);
        Tensor other = rows(3, 0.1, 0.6, 0.3, 0.05, 0.95, 0);
        return Stream.of(
                new Example(Metrics.ACCURACY, Tensor.of(new int[] {2, 1}, 2), other, 0.5, weights(0.7, 0.3), 0.3),
                new Example(Metrics.ACCURACY, classes, scores, 0.5, weights(0.7, 0.3), 0.3),
                new Example(
                        Metrics.ACCURACY, column(1, 1, 0, 0), column(0.98, 1, 0, 0.6), 0.75, weights(1, 0, 0, 1), 0.5),
                new Example(
                        Metrics.BINARY_ACCURACY,
                        column(1, 1, 0, 0),
                        column(0.98, 1, 0, 0.6),
                        0.75,
                        weights(1, 0, 0, 1),
                        0.5),
                new Example(Metrics.topKAccuracy(1), classes, scores, 0.5, weights(0.7, 0.3), 0.3),
                new Example(Metrics.topKAccuracy(2), classes, scores, 1, weights(0.7, 0.3), 1),
                new Example(Metrics.MEAN_ABSOLUTE_ERROR, bits, guesses, 0.25, pair, 0.5),
                new Example(Metrics.MEAN_SQUARED_ERROR, bits, guesses, 0.25, pair, 0.5),
                new Example(Metrics.ROOT_MEAN_SQUARED_ERROR, bits, guesses, 0.5, pair, 0.70710677),
                new Example(Metrics.MEAN_ABSOLUTE_PERCENTAGE_ERROR, bits, guesses, 250000000, pair, 500000000),
                new Example(BinaryMetrics.PRECISION, yes, said, 0.66666667, third, 1),
                new Example(BinaryMetrics.RECALL, yes, said, 0.66666667, third, 1),
                new Example(
                        BinaryMetrics.AUC, column(0, 0, 1, 1), column(0, 0.5, 0.3, 0.9), 0.75, weights(1, 0, 0, 1), 1));
    }

    @ParameterizedTest
    @MethodSource
    void examples(Example example) {
        Metric.Accumulator plain = example.metric().start();
        plain.add(example.target(), example.prediction(), null);
        assertEquals(example.plain(), plain.value(), 1e-6 * Math.max(1, example.plain()));
        Metric.Accumulator weighted = example.metric().start();
        weighted.add(example.target(), example.prediction(), example.weights());
        assertEquals(example.weighted(), weighted.value(), 1e-6 * Math.max(1, example.weighted()));
    }

    /** Three right of four, one wrongly yes: precision 2/3, recall 1, harmonic mean 0.8. */
    @Test
    void f1IsTheHarmonicMean() {
        Metric.Accumulator f1 = BinaryMetrics.F1.start();
        f1.add(column(1, 1, 0, 0), column(0.9, 0.8, 0.7, 0.1), null);
        assertEquals(0.8, f1.value(), 1e-12);
    }

    @Test
    void batchesAddUp() {
        Metric.Accumulator accuracy = Metrics.ACCURACY.start();
        accuracy.add(Tensor.of(new int[] {0}, 1), rows(2, 0.9, 0.1), null);
        accuracy.add(Tensor.of(new int[] {0, 0, 1}, 3), rows(2, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9), null);
        assertEquals(0.5, accuracy.value());
    }

    /** As when a training is interrupted between two batches: the second count goes on from the sums of the first. */
    @ParameterizedTest
    @MethodSource("examples")
    void sumsAreAllThereIsToRemember(Example example) {
        Metric.Accumulator whole = example.metric().start();
        whole.add(example.target(), example.prediction(), null);
        double[] sums = whole.sums();
        Metric.Accumulator rest = example.metric().start();
        rest.restore(sums);
        assertEquals(whole.value(), rest.value());
        whole.add(example.target(), example.prediction(), example.weights());
        rest.add(example.target(), example.prediction(), example.weights());
        assertEquals(whole.value(), rest.value());
        assertThrows(IllegalArgumentException.class, () -> rest.restore(new double[sums.length + 1]));
    }

    @Test
    void eachKnowsWhichWayIsBetter() {
        assertEquals(MonitorMode.MAX, Metrics.ACCURACY.mode());
        assertEquals(MonitorMode.MAX, Metrics.BINARY_ACCURACY.mode());
        assertEquals(MonitorMode.MAX, Metrics.topKAccuracy(5).mode());
        assertEquals(MonitorMode.MAX, BinaryMetrics.AUC.mode());
        assertEquals(MonitorMode.MIN, Metrics.MEAN_SQUARED_ERROR.mode());
        assertEquals(MonitorMode.MIN, Metrics.MEAN_ABSOLUTE_PERCENTAGE_ERROR.mode());
    }

    @Test
    void theFirstOfEqualScoresIsTheGuess() {
        Metric.Accumulator accuracy = Metrics.ACCURACY.start();
        accuracy.add(Tensor.of(new int[] {0, 1}, 2), rows(2, 0.5, 0.5, 0.5, 0.5), null);
        assertEquals(0.5, accuracy.value());
    }

    @Test
    void nothingSeenIsNotANumber() {
        assertTrue(Double.isNaN(Metrics.ACCURACY.start().value()));
    }

    @Test
    void targetsHaveToFit() {
        for (Metric metric : List.of(Metrics.ACCURACY, Metrics.MEAN_SQUARED_ERROR, BinaryMetrics.RECALL)) {
            Metric.Accumulator accumulator = metric.start();
            assertThrows(
                    IllegalArgumentException.class,
                    () -> accumulator.add(rows(2, 1, 2, 3, 4), rows(2, 1, 2), null),
                    metric.name());
        }
    }

    /** Classes 0, 0, 1, 2, 2 guessed as 0, 1, 1, 2, 0. */
    @Test
    void confusionMatrix() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        matrix.add(
                Tensor.of(new int[] {0, 0, 1, 2, 2}, 5),
                rows(3, 0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0, 1, 0, 0, 0.2, 0.8, 0.6, 0.2, 0.2));
        assertEquals(List.of(List.of(1L, 1L, 0L), List.of(0L, 1L, 0L), List.of(1L, 0L, 1L)), matrix.rows());
        assertEquals(0.6, matrix.accuracy(), 1e-12);
        assertEquals(0.5, matrix.precision(0));
        assertEquals(0.5, matrix.precision(1));
        assertEquals(1, matrix.precision(2));
        assertEquals(0.5, matrix.recall(2));
        assertEquals(2, matrix.support(0));
        assertThrows(IllegalArgumentException.class, () -> new ConfusionMatrix(1));
    }

    @Test
    void confusionOfTwoClassesToldByOneNumber() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(column(1, 0, 1), column(0.7, 0.6, 0.5));
        assertEquals(List.of(List.of(0L, 1L), List.of(1L, 1L)), matrix.rows());
    }
}
