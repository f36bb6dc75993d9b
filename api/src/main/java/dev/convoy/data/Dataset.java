package dev.convoy.data;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import org.jspecify.annotations.Nullable;

/** Numbered samples, of which any choice can be had as a batch. Thread-safe. */
public interface Dataset {

    /** The number of samples. */
    int size();

    /** Type and shape of one sample's input, without the batch. */
    TensorSpec input();

    /** Type and shape of one sample's target, without the batch. */
    TensorSpec target();

    /**
     * The samples of these numbers, in this order.
     *
     * @throws IndexOutOfBoundsException if a number is outside {@code [0, size)}
     */
    Batch batch(int[] samples);

    /**
     * Samples in memory.
     *
     * @param inputs {@code [n, …]}
     * @param targets {@code [n, …]}
     * @throws IllegalArgumentException if there are no samples, or the numbers of inputs and targets differ
     */
    static Dataset of(Tensor inputs, Tensor targets) {
        return of(inputs, targets, null);
    }

    /**
     * Samples in memory.
     *
     * @param inputs {@code [n, …]}
     * @param targets {@code [n, …]}
     * @param weights a weight for each sample, float32 {@code [n]}, or null for 1
     * @throws IllegalArgumentException if there are no samples, or the numbers of inputs, targets and weights differ
     */
    static Dataset of(Tensor inputs, Tensor targets, @Nullable Tensor weights) {
        return new InMemory(inputs, targets, weights);
    }

    /** Tensors whose first axis numbers the samples. */
    record InMemory(Tensor inputs, Tensor targets, @Nullable Tensor weights) implements Dataset {

        public InMemory {
            int count = count("inputs", inputs);
            if (count == 0) {
                throw new IllegalArgumentException("The data set is empty: inputs " + inputs.spec());
            }
            if (count != count("targets", targets) || weights != null && count != count("weights", weights)) {
                throw new IllegalArgumentException("There are " + count + " inputs, but targets " + targets.spec()
                        + (weights == null ? "" : " and weights " + weights.spec()) + "; each sample has one");
            }
        }

        private static int count(String what, Tensor tensor) {
            if (tensor.shape().rank() == 0) {
                throw new IllegalArgumentException("The " + what + " have no axis of samples: " + tensor.spec());
            }
            return tensor.shape().size(0);
        }

        @Override
        public int size() {
            return inputs.shape().size(0);
        }

        @Override
        public TensorSpec input() {
            return sample(inputs);
        }

        @Override
        public TensorSpec target() {
            return sample(targets);
        }

        @Override
        public Batch batch(int[] samples) {
            return new Batch(
                    rows(inputs, samples), rows(targets, samples), weights == null ? null : rows(weights, samples));
        }

        private static TensorSpec sample(Tensor all) {
            return all.spec().withShape(all.shape().slice(1, all.shape().rank()));
        }

        private static Tensor rows(Tensor all, int[] samples) {
            TensorSpec sample = sample(all);
            int length = Math.toIntExact(sample.shape().elements());
            Shape shape = sample.shape().prepend(Dim.of(samples.length));
            Object target = sample.type().storage().newArray(Math.multiplyExact(length, samples.length));
            for (int i = 0; i < samples.length; i++) {
                System.arraycopy(all.array(), Math.multiplyExact(samples[i], length), target, i * length, length);
            }
            return Tensor.wrap(sample.withShape(shape), target);
        }
    }
}
