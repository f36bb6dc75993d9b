package dev.convoy.data.augment;

import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;

/**
 * Turns pictures about their middle (Keras {@code RandomRotation}).
 *
 * @param factor how far counter-clockwise, as a share of a whole turn, -1 to 1
 * @param sampling {@link Sampling#DEFAULT} by default
 */
public record RandomRotation(Factor factor, Sampling sampling) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the factor is out of range
     */
    public RandomRotation {
        factor.within("RandomRotation: factor", -1, 1);
    }

    /** Up to this share of a turn, either way: 0.1 is 36 degrees. */
    public static RandomRotation of(double factor) {
        return of(Factor.of(factor));
    }

    public static RandomRotation of(Factor factor) {
        return new RandomRotation(factor, Sampling.DEFAULT);
    }

    public RandomRotation sampling(Sampling value) {
        return new RandomRotation(factor, value);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Size size = Pictures.size("RandomRotation", picture);
        return Affine.rotation(factor.at(random.uniform(0)), size).sample(picture, size, sampling);
    }
}
