package dev.convoy.data.augment;

import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Erases a square about a pixel, each as likely; what of it lies beyond the edges is lost (DeVries and Taylor, Improved
 * Regularization of Convolutional Neural Networks with Cutout, 2017).
 *
 * @param size of the square's sides, in pixels
 * @param fillValue what is written; 0 by default
 */
public record Cutout(int size, double fillValue) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the size is not positive
     */
    public Cutout {
        if (size < 1) {
            throw new IllegalArgumentException("Cutout: the size is at least 1, got " + size);
        }
    }

    public static Cutout of(int size) {
        return new Cutout(size, 0);
    }

    public Cutout fillValue(double value) {
        return new Cutout(size, value);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Size whole = Pictures.size("Cutout", picture);
        int top = (int) (random.uniform(0) * whole.height()) - size / 2;
        int left = (int) (random.uniform(1) * whole.width()) - size / 2;
        int from = Math.max(0, left);
        int to = (int) Math.min(whole.width(), (long) left + size);
        int bottom = (int) Math.min(whole.height(), (long) top + size);
        float[] pixels = picture.floats().clone();
        for (int y = Math.max(0, top); y < bottom; y++) {
            int row = y * whole.width();
            Arrays.fill(pixels, (row + from) * whole.channels(), (row + to) * whole.channels(), (float) fillValue);
        }
        return Tensor.wrap(picture.spec(), pixels);
    }
}
