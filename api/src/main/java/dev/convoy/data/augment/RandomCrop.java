package dev.convoy.data.augment;

import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * A part of each picture, at a random place of its own, each as likely. Keras' {@code RandomCrop} takes one place for a
 * whole batch and resizes pictures that are too small; here they are refused. The usual recipe for CIFAR is
 * {@code RandomCrop.of(32, 32).padding(4)}.
 *
 * @param height of the part
 * @param width of the part
 * @param padding pixels added on every side first; 0 by default
 * @param fillValue of those pixels; 0 by default
 */
public record RandomCrop(int height, int width, int padding, double fillValue) implements Augmentation {

    /**
     * @throws IllegalArgumentException if a size is not positive, or the padding negative
     */
    public RandomCrop {
        if (height < 1 || width < 1 || padding < 0) {
            throw new IllegalArgumentException("RandomCrop: sizes are at least 1 and padding at least 0; got " + height
                    + "x" + width + " and padding " + padding);
        }
    }

    public static RandomCrop of(int height, int width) {
        return new RandomCrop(height, width, 0, 0);
    }

    public RandomCrop padding(int value) {
        return new RandomCrop(height, width, value, fillValue);
    }

    public RandomCrop fillValue(double value) {
        return new RandomCrop(height, width, padding, value);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Size size = Pictures.size("RandomCrop", picture);
        int down = start(random.uniform(0), size.height(), height, picture);
        int right = start(random.uniform(1), size.width(), width, picture);
        int channels = size.channels();
        float[] part = new float[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        if (padding > 0) {
            Arrays.fill(part, (float) fillValue);
        }
        int left = Math.max(0, -right);
        int columns = Math.min(width, size.width() - right) - left;
        for (int y = Math.max(0, -down); y < height && y + down < size.height() && columns > 0; y++) {
            int from = ((y + down) * size.width() + right + left) * channels;
            System.arraycopy(picture.floats(), from, part, (y * width + left) * channels, columns * channels);
        }
        return Pictures.of(part, height, width, channels);
    }

    /** Of the part on one axis of the picture; negative in the padding. */
    private int start(double uniform, int length, int wanted, Tensor picture) {
        long places = length + 2L * padding - wanted + 1;
        if (places < 1) {
            throw new IllegalArgumentException("RandomCrop: a part is not larger than the picture; expected at least "
                    + height + "x" + width + ", got " + picture.spec() + " and padding " + padding
                    + ". Remedy: more padding, or a smaller part");
        }
        return (int) ((long) (uniform * places) - padding);
    }
}
