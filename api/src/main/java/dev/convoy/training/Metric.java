package dev.convoy.training;

import dev.convoy.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What is measured on predictions, batch by batch; see {@link Metrics}. Computed on the host, in double. */
public interface Metric {

    /** The name in progress lines and logs; Keras' name where there is one. */
    String name();

    /** Which way it gets better; {@link MonitorMode#AUTO}, the default, if nobody can say. */
    default MonitorMode mode() {
        return MonitorMode.AUTO;
    }

    /** A fresh count. */
    Accumulator start();

    /** Adds up batches; belongs to one thread. */
    interface Accumulator {

        /**
         * @param target as the loss wants it: class numbers {@code [n]}, or values of the prediction's shape
         * @param prediction {@code [n, …]}
         * @param weights a weight for each sample, {@code [n]}, or null for 1
         */
        void add(Tensor target, Tensor prediction, @Nullable Tensor weights);

        /** The metric over all batches so far; NaN before the first. */
        double value();

        /** What it has added up, of a fixed length, so that a resumed training counts on. */
        double[] sums();

        /**
         * Goes on from {@link #sums}.
         *
         * @throws IllegalArgumentException if these are of another length
         */
        void restore(double[] sums);

        /**
         * @throws IllegalArgumentException if there are not so many
         */
        static void requireSums(double[] sums, int expected) {
            if (sums.length != expected) {
                throw new IllegalArgumentException(
                        "A metric of " + expected + " sums cannot go on from " + sums.length);
            }
        }
    }
}
