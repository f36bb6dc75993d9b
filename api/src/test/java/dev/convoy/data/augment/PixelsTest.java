package dev.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What is done to the values of pixels; expected numbers are those of the layers of Keras 3.15. */
class PixelsTest {

    private static final SplitMix64 RANDOM = SplitMix64.of(3);
    private static final float[] VALUES = {.1f, .9f, .4f, .3f, .25f, .8f, .6f, 0};
    private static final Tensor PICTURE = Tensor.of(VALUES, 2, 2, 2);

    @Test
    void contrastAgreesWithKeras() {
        Augmentation contrast = RandomContrast.of(-0.4, 0.4, ValueRange.UNIT);
        float[] expected = {.005f, 1, .425f, .22f, .215f, .92f, .705f, 0};
        assertArrayEquals(expected, contrast.apply(PICTURE, RANDOM).floats(), 1e-6f);
    }

    @Test
    void contrastOfASingleFactorGoesBothWays() {
        assertEquals(
                new Factor(0.75, 1.25), RandomContrast.of(0.25, ValueRange.UNIT).factor());
    }

    @Test
    void brightnessAgreesWithKeras() {
        Augmentation brightness = new RandomBrightness(new Factor(0.3, 0.3), new ValueRange(0.2, 0.7));
        float[] expected = {.25f, .7f, .55f, .45f, .4f, .7f, .7f, .2f};
        assertArrayEquals(expected, brightness.apply(PICTURE, RANDOM).floats(), 1e-6f);
    }

    @Test
    void normalizationAgreesWithKeras() {
        Normalization given = Normalization.of(new double[] {.3, .6}, new double[] {.04, .09});
        float[] expected = {-1, 1, .5f, -1, -.25f, 2 / 3f, 1.5f, -2};
        assertArrayEquals(expected, given.apply(PICTURE, RANDOM).floats(), 1e-6f);
    }

    @Test
    void normalizationAdaptsAsKeras() {
        float[] two = new float[16];
        for (int i = 0; i < 8; i++) {
            two[i] = VALUES[i];
            two[i + 8] = VALUES[i] * VALUES[i] + 0.1f;
        }
        Dataset data = Dataset.of(Tensor.of(two, 2, 2, 2, 2), Tensor.of(new int[2], 2));
        Normalization adapted = Normalization.adapt(data);
        assertEquals(0.2928125, adapted.mean().getFirst(), 1e-6);
        assertEquals(0.4925, adapted.mean().getLast(), 1e-6);
        assertEquals(0.0280366, adapted.variance().getFirst(), 1e-6);
        assertEquals(0.1276687, adapted.variance().getLast(), 1e-6);
    }

    @Test
    void normalizationOfADataSetIsThatOfItsPictures() {
        Dataset data = Dataset.of(PICTURE.reshape(1, 2, 2, 2), Tensor.of(new int[] {7}, 1));
        Normalization normalization = Normalization.of(0.5, 0.25);
        Dataset normalised = normalization.on(data);
        assertEquals(
                normalization.apply(PICTURE, RANDOM).reshape(1, 2, 2, 2),
                normalised.batch(new int[] {0}).inputs());
        assertEquals(7, normalised.batch(new int[] {0}).targets().ints()[0]);
        assertEquals(data.input(), normalised.input());
        Normalization other = Normalization.of(new double[3], new double[] {1, 1, 1});
        String message = assertThrows(IllegalArgumentException.class, () -> other.on(data))
                .getMessage();
        assertTrue(message.contains("got 3 for float32[2, 2, 2]"), message);
    }

    @Test
    void channelsWithoutVarianceBecomeLargeButFinite() {
        Tensor one = Tensor.of(new float[] {3}, 1, 1, 1);
        assertEquals(1e7, Normalization.of(2, 0).apply(one, RANDOM).get(0), 1);
    }
}
