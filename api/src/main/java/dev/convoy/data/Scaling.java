package dev.convoy.data;

import java.util.List;

/**
 * How pixel values 0 to 255 become a network's input: {@code (x / divisor - mean) / deviation} in single precision.
 *
 * @param divisor of all channels
 * @param mean by channel, in the order of the tensor's channels; one value for all, or one for each
 * @param deviation by channel, as mean
 */
public record Scaling(float divisor, List<Float> mean, List<Float> deviation) {

    /** Pixel values as they are. */
    public static final Scaling NONE = of(1, 0, 1);

    /** {@code x / 255}: 0 to 1. */
    public static final Scaling UNIT = of(255, 0, 1);

    /** {@code x / 127.5 - 1}: -1 to 1; Keras' mode {@code tf}, Teachable Machine. */
    public static final Scaling TF = of(127.5f, 1, 1);

    /** ImageNet's mean taken off, channels in the order blue, green, red; Keras' mode {@code caffe}. */
    public static final Scaling CAFFE = new Scaling(1, List.of(103.939f, 116.779f, 123.68f), List.of(1f));

    /** {@code x / 255} normalised by ImageNet's mean and deviation, RGB; Keras' mode {@code torch}, torchvision. */
    public static final Scaling TORCH =
            new Scaling(255, List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

    /**
     * @throws IllegalArgumentException if the divisor or a deviation is 0, or a list has neither one nor three values
     */
    public Scaling {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (divisor == 0 || deviation.contains(0f)) {
            throw new IllegalArgumentException("A scaling does not divide by 0");
        }
        if ((mean.size() != 1 && mean.size() != 3) || (deviation.size() != 1 && deviation.size() != 3)) {
            throw new IllegalArgumentException(
                    "A scaling has one value for all channels or three, got mean " + mean + ", deviation " + deviation);
        }
    }

    /** The same for all channels. */
    public static Scaling of(float divisor, float mean, float deviation) {
        return new Scaling(divisor, List.of(mean), List.of(deviation));
    }

    /** Whether it fits images of one channel. */
    boolean isUniform() {
        return mean.size() == 1 && deviation.size() == 1;
    }

    /** @param channel index in the tensor's order */
    float apply(float pixel, int channel) {
        return (pixel / divisor - at(mean, channel)) / at(deviation, channel);
    }

    private static float at(List<Float> values, int channel) {
        return values.get(values.size() == 1 ? 0 : channel);
    }
}
