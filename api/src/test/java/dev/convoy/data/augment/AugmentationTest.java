package dev.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.data.Image;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches, compositions, and what their numbers depend on. */
class AugmentationTest {

    private static final Augmentation ALL = Augmentations.of(
            RandomFlip.horizontalAndVertical(),
            RandomCrop.of(8, 8).padding(2),
            RandomTranslation.of(0.2, 0.2),
            RandomRotation.of(0.1),
            RandomZoom.of(0.2),
            RandomContrast.of(0.3, ValueRange.UNIT),
            RandomBrightness.of(0.2, ValueRange.UNIT),
            RandomErasing.of(ValueRange.UNIT),
            Cutout.of(3),
            Normalization.of(0.5, 0.1));

    private static Tensor noise(int... sizes) {
        SplitMix64 random = SplitMix64.of(99);
        float[] values = new float[IntStream.of(sizes).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.uniform(i);
        }
        return Tensor.of(values, sizes);
    }

    private static List<SplitMix64> streams(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Augmentation.stream(5, 2, i))
                .toList();
    }

    @Test
    void aPictureIsTheSameInAnyBatch() {
        Tensor four = noise(4, 8, 8, 3);
        Tensor together = ALL.apply(four, streams(0, 4));
        assertArrayEquals(new int[] {4, 8, 8, 3}, together.shape().sizes());
        for (int i = 0; i < 4; i++) {
            Tensor alone = Pictures.get(four, i).reshape(1, 8, 8, 3);
            assertEquals(Pictures.get(together, i), Pictures.get(ALL.apply(alone, streams(i, i + 1)), 0));
        }
    }

    @Test
    void seedsEpochsAndSamplesHaveNumbersOfTheirOwn() {
        long bits = Augmentation.stream(5, 2, 3).bits(0);
        assertEquals(bits, Augmentation.stream(5, 2, 3).bits(0));
        assertNotEquals(bits, Augmentation.stream(6, 2, 3).bits(0));
        assertNotEquals(bits, Augmentation.stream(5, 3, 3).bits(0));
        assertNotEquals(bits, Augmentation.stream(5, 2, 4).bits(0));
        assertNotEquals(bits, Augmentation.stream(5, 3, 2).bits(0));
    }

    @Test
    void aStepAppendedLeavesThoseBeforeAsTheyWere() {
        Tensor picture = noise(8, 8, 1);
        SplitMix64 random = SplitMix64.of(1);
        Augmentation rotation = RandomRotation.of(0.3);
        Tensor rotated = Augmentations.of(rotation).apply(picture, random);
        Tensor more = Augmentations.of(rotation, Normalization.of(1, 4)).apply(picture, random);
        for (int i = 0; i < picture.size(); i++) {
            assertEquals((rotated.get(i) - 1) / 2, more.get(i), 1e-6);
        }
        assertEquals(picture, Augmentations.of().apply(picture, random));
    }

    @Test
    void doesNotWriteToThePicturesItIsGiven() {
        Tensor four = noise(4, 8, 8, 3);
        ALL.apply(four, streams(0, 4));
        assertEquals(noise(4, 8, 8, 3), four);
    }

    @Test
    void refusesWhatIsNoPicture() {
        Tensor row = Tensor.of(new float[6], 2, 3);
        String message = assertThrows(IllegalArgumentException.class, () -> ALL.apply(row, streams(0, 2)))
                .getMessage();
        assertTrue(message.contains("pictures are float32 [n, h, w, c]; got float32[2, 3]"), message);
        Tensor numbers = Tensor.of(new int[6], 1, 2, 3, 1);
        assertThrows(IllegalArgumentException.class, () -> ALL.apply(numbers, streams(0, 1)));
        assertThrows(IllegalArgumentException.class, () -> ALL.apply(noise(2, 8, 8, 3), streams(0, 3)));
        for (Augmentation step : ((Augmentations) ALL).steps()) {
            String refused = assertThrows(IllegalArgumentException.class, () -> step.apply(row, SplitMix64.of(0)))
                    .getMessage();
            assertTrue(refused.startsWith(step.getClass().getSimpleName()), refused);
        }
    }

    @Test
    void aContactSheetShowsSamplesAndWhatBecomesOfThem() {
        Dataset data = Dataset.of(Tensor.of(new float[] {0, 1, 0.2f, 0.4f}, 2, 1, 2, 1), Tensor.of(new int[2], 2));
        Augmentation brighter = new RandomBrightness(new Factor(0.2, 0.2), ValueRange.UNIT);
        Image sheet = ContactSheet.of(data, brighter).epochs(1).image();
        int g = 128;
        int[] expected = {0, 255, g, g, 51, 255, g, g, g, g, g, g, g, g, g, g, g, g, 51, 102, g, g, 102, 153};
        assertEquals(6, sheet.width());
        assertEquals(4, sheet.height());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], sheet.get(i % 6, i / 6, 0), "pixel " + i);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> ContactSheet.of(data, brighter).rows(3));
    }
}
