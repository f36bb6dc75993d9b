package dev.convoy.data;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

    /** What the class numbers of the targets stand for, in order; empty if the data set has no names for them. */
    default List<String> classNames() {
        return List.of();
    }

    /**
     * A sample as it looks to the eye, for reports that show it; empty if the samples are no pictures.
     *
     * @throws IndexOutOfBoundsException if the number is outside {@code [0, size)}
     */
    default Optional<Image> picture(int sample) {
        Objects.checkIndex(sample, size());
        return Optional.empty();
    }

    /** The same samples with names for their classes; an empty list takes names away. */
    default Dataset withClassNames(List<String> names) {
        return new DatasetViews.Named(this, names);
    }

    /**
     * A choice of the samples, in this order; a number may stand there more than once.
     *
     * @throws IndexOutOfBoundsException if a number is outside {@code [0, size)}
     * @throws IllegalArgumentException if the choice is empty
     */
    default Dataset select(int[] samples) {
        return new DatasetViews.Selected(this, samples.clone());
    }

    /**
     * The samples {@code [from, to)}.
     *
     * @throws IndexOutOfBoundsException if there are no such samples
     * @throws IllegalArgumentException if the range is empty
     */
    default Dataset subset(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        int[] samples = new int[to - from];
        Arrays.setAll(samples, i -> from + i);
        return select(samples);
    }

    /**
     * The first samples; all if there are no more. Of a data set sorted by class they are the first class.
     *
     * @throws IllegalArgumentException if the count is not positive
     */
    default Dataset take(int count) {
        return count >= size() ? this : subset(0, count);
    }

    /** These samples and then the others, which must have the same type and shape. The names of classes are these. */
    default Dataset concat(Dataset others) {
        return new DatasetViews.Joined(this, others);
    }

    /**
     * Changes the inputs of every batch when it is made. Called from any thread.
     *
     * @param change from {@code [n, …]} to {@code [n, …]}, sample by sample
     */
    default Dataset mapInputs(UnaryOperator<Tensor> change) {
        return DatasetViews.Mapped.of(this, change);
    }

    /**
     * Zeros around the inputs, {@code [h, w, c]} to {@code [h + 2 margin, w + 2 margin, c]}: LeNet-5 takes MNIST's
     * 28x28 pictures as 32x32.
     *
     * @throws IllegalArgumentException if the inputs are not {@code float32[h, w, c]} or the margin is negative
     */
    default Dataset padded(int margin) {
        return mapInputs(DatasetViews.padding(input(), margin));
    }

    /**
     * Deals the samples out at random, the same for the same seed.
     *
     * @param fraction of the samples that go to the first part, in (0, 1)
     * @throws IllegalArgumentException if the fraction is outside, or one part would be empty
     */
    default Split split(double fraction, long seed) {
        return Split.random(this, fraction, seed);
    }

    /**
     * As {@link #split}, but so that each class (samples with equal targets) is divided in this proportion.
     *
     * @param fraction of each class that goes to the first part, in (0, 1)
     * @throws IllegalArgumentException if the fraction is outside, or one part would be empty
     */
    default Split splitByClass(double fraction, long seed) {
        return Split.byClass(this, fraction, seed);
    }

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
