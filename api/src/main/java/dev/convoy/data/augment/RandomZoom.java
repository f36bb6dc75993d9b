package dev.convoy.data.augment;

import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Enlarges or shrinks pictures about their middle (Keras {@code RandomZoom}): 0.2 zooms out, to 1.2 times as much of the
 * picture, -0.2 zooms in.
 *
 * @param height above -1, at most 1
 * @param width likewise; null for as much as the height, so that the aspect ratio stays
 * @param sampling {@link Sampling#DEFAULT} by default
 */
public record RandomZoom(Factor height, @Nullable Factor width, Sampling sampling) implements Augmentation {

    /**
     * @throws IllegalArgumentException if a factor is out of range
     */
    public RandomZoom {
        double least = Math.nextUp(-1.0);
        height.within("RandomZoom: height", least, 1);
        if (width != null) {
            width.within("RandomZoom: width", least, 1);
        }
    }

    /** In or out by up to this much, aspect ratio kept. */
    public static RandomZoom of(double height) {
        return of(Factor.of(height), null);
    }

    /** In or out by up to this much, each axis by itself. */
    public static RandomZoom of(double height, double width) {
        return of(Factor.of(height), Factor.of(width));
    }

    public static RandomZoom of(Factor height, @Nullable Factor width) {
        return new RandomZoom(height, width, Sampling.DEFAULT);
    }

    public RandomZoom sampling(Sampling value) {
        return new RandomZoom(height, width, value);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Size size = Pictures.size("RandomZoom", picture);
        double down = 1 + height.at(random.uniform(0));
        double across = width == null ? down : 1 + width.at(random.uniform(1));
        return Affine.zoom(down, across, size).sample(picture, size, sampling);
    }
}
