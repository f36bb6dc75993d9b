package dev.convoy.data.augment;

import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;

/**
 * Moves pictures (Keras {@code RandomTranslation}).
 *
 * @param height how far down, as a share of the height, -1 to 1
 * @param width how far to the right, as a share of the width, -1 to 1
 * @param sampling {@link Sampling#DEFAULT} by default
 */
public record RandomTranslation(Factor height, Factor width, Sampling sampling) implements Augmentation {

    /**
     * @throws IllegalArgumentException if a factor is out of range
     */
    public RandomTranslation {
        height.within("RandomTranslation: height", -1, 1);
        width.within("RandomTranslation: width", -1, 1);
    }

    /** Up to these shares, either way. */
    public static RandomTranslation of(double height, double width) {
        return of(Factor.of(height), Factor.of(width));
    }

    public static RandomTranslation of(Factor height, Factor width) {
        return new RandomTranslation(height, width, Sampling.DEFAULT);
    }

    public RandomTranslation sampling(Sampling value) {
        return new RandomTranslation(height, width, value);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Size size = Pictures.size("RandomTranslation", picture);
        double down = height.at(random.uniform(0)) * size.height();
        double right = width.at(random.uniform(1)) * size.width();
        return Affine.translation(right, down).sample(picture, size, sampling);
    }
}
