package dev.convoy.data.augment;

import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;

/**
 * Brings each channel of a picture nearer to its mean or farther from it (Keras {@code RandomContrast}):
 * {@code (x - mean) · factor + mean}, clipped to the range. Keras 3.15 makes {@code [1, 1 + factor]} of a single factor;
 * here it is {@code [1 - factor, 1 + factor]}, as documented and in Keras 2.
 *
 * @param factor by how much differences from the mean are multiplied, 0 to 2
 * @param valueRange of the pixels
 */
public record RandomContrast(Factor factor, ValueRange valueRange) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the factor is out of range
     */
    public RandomContrast {
        factor.within("RandomContrast: factor", 0, 2);
    }

    /** By {@code 1 - factor} to {@code 1 + factor}. */
    public static RandomContrast of(double factor, ValueRange valueRange) {
        return of(factor, factor, valueRange);
    }

    /** By {@code 1 - lower} to {@code 1 + upper}, both 0 to 1. */
    public static RandomContrast of(double lower, double upper, ValueRange valueRange) {
        return new RandomContrast(new Factor(1 - lower, 1 + upper), valueRange);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Size size = Pictures.size("RandomContrast", picture);
        float by = (float) factor.at(random.uniform(0));
        float[] pixels = picture.floats();
        double[] sums = new double[size.channels()];
        for (int i = 0; i < pixels.length; i++) {
            sums[i % sums.length] += pixels[i];
        }
        double count = (double) size.height() * size.width();
        float[] result = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            float mean = (float) (sums[i % sums.length] / count);
            result[i] = valueRange.clip((pixels[i] - mean) * by + mean);
        }
        return Tensor.wrap(picture.spec(), result);
    }
}
