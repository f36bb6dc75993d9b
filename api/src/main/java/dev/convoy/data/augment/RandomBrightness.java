package dev.convoy.data.augment;

import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;

/**
 * Makes pictures brighter or darker (Keras {@code RandomBrightness}): {@code x + factor · (high - low)}, clipped to the
 * range.
 *
 * @param factor -1, all black, to 1, all white
 * @param valueRange of the pixels
 */
public record RandomBrightness(Factor factor, ValueRange valueRange) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the factor is out of range
     */
    public RandomBrightness {
        factor.within("RandomBrightness: factor", -1, 1);
    }

    /** By up to this much, either way. */
    public static RandomBrightness of(double factor, ValueRange valueRange) {
        return new RandomBrightness(Factor.of(factor), valueRange);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Pictures.size("RandomBrightness", picture);
        float by = (float) (factor.at(random.uniform(0)) * (valueRange.high() - valueRange.low()));
        float[] pixels = picture.floats();
        float[] result = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            result[i] = valueRange.clip(pixels[i] + by);
        }
        return Tensor.wrap(picture.spec(), result);
    }
}
