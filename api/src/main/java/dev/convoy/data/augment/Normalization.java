package dev.convoy.data.augment;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Brings each channel to mean 0 and variance 1: {@code (x - mean) / max(√variance, 1e-7)} (Keras {@code Normalization}
 * with {@code axis=-1}). It is not random, and a model that was trained with it needs it at evaluation and prediction
 * too: take {@link #on} for the training data, the validation data and the test data, or the layer
 * {@code dev.convoy.layers.Normalization} in the model. As a step among {@link Augmentations} it is for pictures whose
 * validation data was brought there otherwise.
 *
 * @param mean one number, or one for each channel
 * @param variance as many
 */
public record Normalization(List<Double> mean, List<Double> variance) implements Augmentation {

    private static final float EPSILON = 1e-7f;
    private static final int ADAPT_BATCH = 256;

    /**
     * @throws IllegalArgumentException if there are no numbers or not as many of both, one is not finite, or a variance
     *     is negative
     */
    public Normalization {
        mean = List.copyOf(mean);
        variance = List.copyOf(variance);
        if (mean.isEmpty()
                || mean.size() != variance.size()
                || !mean.stream().allMatch(Double::isFinite)
                || !variance.stream().allMatch(v -> Double.isFinite(v) && v >= 0)) {
            throw new IllegalArgumentException("Normalization: there are as many means as variances, all finite, and"
                    + " variances not negative; got " + mean + " and " + variance);
        }
    }

    /** By one mean and one variance for all channels. */
    public static Normalization of(double mean, double variance) {
        return new Normalization(List.of(mean), List.of(variance));
    }

    /** By a mean and a variance for each channel. */
    public static Normalization of(double[] mean, double[] variance) {
        return new Normalization(boxed(mean), boxed(variance));
    }

    /**
     * By the means and variances of a data set's channels (Keras' {@code adapt}); take the training data.
     *
     * @throws IllegalArgumentException if its inputs are no float32 pictures {@code [h, w, c]}
     */
    public static Normalization adapt(Dataset data) {
        int channels = channels(data);
        double[] mean = new double[channels];
        double[] squares = new double[channels];
        long seen = 0;
        for (int from = 0; from < data.size(); from += ADAPT_BATCH) {
            int[] numbers = new int[Math.min(ADAPT_BATCH, data.size() - from)];
            int first = from;
            Arrays.setAll(numbers, i -> first + i);
            float[] pixels = data.batch(numbers).inputs().floats();
            seen = add(pixels, seen, mean, squares);
        }
        double[] variance = new double[channels];
        for (int c = 0; c < channels; c++) {
            variance[c] = squares[c] / seen;
        }
        return of(mean, variance);
    }

    /** Welford's running means and sums of squared differences from them. */
    private static long add(float[] pixels, long seen, double[] mean, double[] squares) {
        long count = seen;
        for (int i = 0; i < pixels.length; i += mean.length) {
            count++;
            for (int c = 0; c < mean.length; c++) {
                double difference = pixels[i + c] - mean[c];
                mean[c] += difference / count;
                squares[c] += difference * (pixels[i + c] - mean[c]);
            }
        }
        return count;
    }

    private static int channels(Dataset data) {
        Batch first = data.batch(new int[] {0});
        Pictures.checkBatch(first.inputs(), 1);
        return first.inputs().shape().size(3);
    }

    private static List<Double> boxed(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }

    /**
     * A data set with normalised inputs, for training, validation and test alike.
     *
     * @throws IllegalArgumentException if its inputs are no float32 pictures {@code [h, w, c]}, or have another number of
     *     channels
     */
    public Dataset on(Dataset data) {
        check(channels(data), data.input());
        return data.mapInputs(this::normalised);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        check(Pictures.size("Normalization", picture).channels(), picture.spec());
        return normalised(picture);
    }

    private void check(int channels, TensorSpec spec) {
        if (mean.size() > 1 && mean.size() != channels) {
            throw new IllegalArgumentException(
                    "Normalization: there is one mean, or one for each channel; got " + mean.size() + " for " + spec);
        }
    }

    private Tensor normalised(Tensor pictures) {
        float[] shift = new float[mean.size()];
        float[] scale = new float[mean.size()];
        for (int c = 0; c < shift.length; c++) {
            shift[c] = mean.get(c).floatValue();
            scale[c] = Math.max((float) Math.sqrt(variance.get(c).floatValue()), EPSILON);
        }
        float[] from = pictures.floats();
        float[] to = new float[from.length];
        for (int i = 0; i < to.length; i++) {
            int channel = i % shift.length;
            to[i] = (from[i] - shift[channel]) / scale[channel];
        }
        return Tensor.wrap(pictures.spec(), to);
    }
}
