package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Data sets over other data sets: nothing is copied before a batch is asked for. */
final class DatasetViews {

    private DatasetViews() {}

    /** Another data set's samples; a view says what it changes. */
    private interface View extends Dataset {
        Dataset data();

        @Override
        default int size() {
            return data().size();
        }

        @Override
        default TensorSpec input() {
            return data().input();
        }

        @Override
        default TensorSpec target() {
            return data().target();
        }

        @Override
        default Batch batch(int[] samples) {
            return data().batch(samples);
        }

        @Override
        default List<String> classNames() {
            return data().classNames();
        }

        @Override
        default Optional<Image> picture(int sample) {
            return data().picture(sample);
        }
    }

    record Named(Dataset data, @Override List<String> classNames) implements View {
        Named {
            classNames = List.copyOf(classNames);
        }
    }

    /** @param samples their numbers in the data set; not changed afterwards */
    record Selected(Dataset data, int[] samples) implements View {
        Selected {
            if (samples.length == 0) {
                throw new IllegalArgumentException("The choice is empty; a data set has at least one sample");
            }
            for (int sample : samples) {
                Objects.checkIndex(sample, data.size());
            }
        }

        @Override
        public int size() {
            return samples.length;
        }

        @Override
        public Batch batch(int[] numbers) {
            return data.batch(
                    Arrays.stream(numbers).map(number -> samples[number]).toArray());
        }

        @Override
        public Optional<Image> picture(int sample) {
            return data.picture(samples[sample]);
        }

        /** A choice of a choice is one choice. */
        @Override
        public Dataset select(int[] numbers) {
            return new Selected(
                    data, Arrays.stream(numbers).map(number -> samples[number]).toArray());
        }
    }

    record Joined(Dataset data, Dataset others) implements View {
        Joined {
            if (!data.input().equals(others.input()) || !data.target().equals(others.target())) {
                throw new IllegalArgumentException("Data sets that are joined have the same inputs and targets, got "
                        + data.input() + " to " + data.target() + " and " + others.input() + " to " + others.target());
            }
            Math.addExact(data.size(), others.size());
        }

        @Override
        public int size() {
            return data.size() + others.size();
        }

        @Override
        public Batch batch(int[] samples) {
            for (int sample : samples) {
                Objects.checkIndex(sample, size());
            }
            int[] first = Arrays.stream(samples).filter(i -> i < data.size()).toArray();
            int[] second = Arrays.stream(samples)
                    .filter(i -> i >= data.size())
                    .map(i -> i - data.size())
                    .toArray();
            if (second.length == 0) {
                return data.batch(first);
            }
            if (first.length == 0) {
                return others.batch(second);
            }
            return merged(samples, data.batch(first), others.batch(second));
        }

        private Batch merged(int[] samples, Batch first, Batch second) {
            Tensor weights = null;
            if (first.weights() != null || second.weights() != null) {
                weights = merged(samples, weights(first), weights(second));
            }
            return new Batch(
                    merged(samples, first.inputs(), second.inputs()),
                    merged(samples, first.targets(), second.targets()),
                    weights);
        }

        private Tensor merged(int[] samples, Tensor first, Tensor second) {
            TensorSpec spec = first.spec().withShape(first.shape().with(0, samples.length));
            Object array =
                    spec.type().storage().newArray(Math.toIntExact(spec.shape().elements()));
            int row = first.size() / first.shape().size(0);
            int taken = 0;
            for (int i = 0; i < samples.length; i++) {
                boolean isFirst = samples[i] < data.size();
                int from = isFirst ? taken++ : i - taken;
                System.arraycopy((isFirst ? first : second).array(), from * row, array, i * row, row);
            }
            return Tensor.wrap(spec, array);
        }

        private static Tensor weights(Batch batch) {
            Tensor weights = batch.weights();
            return weights != null ? weights : Tensor.full(TensorSpec.float32(batch.size()), 1);
        }

        @Override
        public Optional<Image> picture(int sample) {
            return sample < data.size() ? data.picture(sample) : others.picture(sample - data.size());
        }
    }

    record Mapped(
            Dataset data,
            UnaryOperator<Tensor> change,
            @Override TensorSpec input) implements View {

        static Mapped of(Dataset data, UnaryOperator<Tensor> change) {
            Tensor one = changed(data.batch(new int[] {0}), change).inputs();
            return new Mapped(
                    data,
                    change,
                    one.spec().withShape(one.shape().slice(1, one.shape().rank())));
        }

        private static Batch changed(Batch batch, UnaryOperator<Tensor> change) {
            Tensor inputs = change.apply(batch.inputs());
            if (inputs.shape().rank() == 0 || inputs.shape().size(0) != batch.size()) {
                throw new IllegalArgumentException("A change of inputs keeps the axis of samples, expected "
                        + batch.size() + " samples, got " + inputs.spec());
            }
            return new Batch(inputs, batch.targets(), batch.weights());
        }

        @Override
        public Batch batch(int[] samples) {
            return changed(data.batch(samples), change);
        }
    }

    /** @param input {@code float32[h, w, c]} */
    static UnaryOperator<Tensor> padding(TensorSpec input, int margin) {
        if (input.type() != DataType.FLOAT32 || input.shape().rank() != 3 || margin < 0) {
            throw new IllegalArgumentException(
                    "Padded are inputs float32[h, w, c] by a margin from 0, got " + input + " and margin " + margin);
        }
        return inputs -> padded(inputs, margin);
    }

    private static Tensor padded(Tensor inputs, int margin) {
        int[] sizes = inputs.shape().sizes();
        int row = sizes[2] * sizes[3];
        int height = sizes[1] + 2 * margin;
        int width = sizes[2] + 2 * margin;
        TensorSpec spec = inputs.spec().withShape(Shape.of(sizes[0], height, width, sizes[3]));
        float[] values = new float[Math.toIntExact(spec.shape().elements())];
        for (int n = 0; n < sizes[0]; n++) {
            for (int y = 0; y < sizes[1]; y++) {
                int to = ((n * height + y + margin) * width + margin) * sizes[3];
                System.arraycopy(inputs.floats(), (n * sizes[1] + y) * row, values, to, row);
            }
        }
        return Tensor.wrap(spec, values);
    }
}
