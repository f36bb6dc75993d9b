package dev.convoy.training;

import dev.convoy.tensor.Tensor;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What an {@link Evaluator} measured.
 *
 * @param values loss and metrics, by name
 * @param samples how many there were
 * @param seconds wall-clock time
 * @param backend the name of the backend that it ran on
 * @param results targets and predictions, if they were to be kept
 */
public record Evaluation(
        SequencedMap<String, Double> values, int samples, double seconds, String backend, Optional<Results> results) {

    /**
     * @param targets of all samples, {@code [n, …]}
     * @param predictions of all samples, {@code [n, …]}, {@code [n, classes]} of a classifier
     */
    public record Results(Tensor targets, Tensor predictions) {

        /**
         * How often each class was taken for each.
         *
         * @throws IllegalArgumentException if predictions are not {@code [n, classes]}
         */
        public ConfusionMatrix confusionMatrix() {
            if (predictions.shape().rank() != 2) {
                throw new IllegalArgumentException(
                        "A confusion matrix is of predictions [n, classes], got " + predictions.spec());
            }
            ConfusionMatrix matrix = new ConfusionMatrix(Math.max(2, Metrics.classes(predictions)));
            matrix.add(targets, predictions);
            return matrix;
        }
    }
}
