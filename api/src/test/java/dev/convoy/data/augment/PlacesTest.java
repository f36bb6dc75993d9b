package dev.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Flips, crops and erased parts: where they are, and how often. */
class PlacesTest {

    private static final SplitMix64 RANDOM = SplitMix64.of(21);
    private static final Tensor SIX = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3, 1);

    private static Tensor ones(int height, int width, int channels) {
        float[] pixels = new float[height * width * channels];
        Arrays.fill(pixels, 1);
        return Tensor.of(pixels, height, width, channels);
    }

    private static Map<Tensor, Integer> outcomes(Augmentation augmentation, Tensor picture, int draws) {
        Map<Tensor, Integer> counts = new HashMap<>();
        for (int i = 0; i < draws; i++) {
            counts.merge(augmentation.apply(picture, RANDOM.stream(i)), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void flipsAreMirrorImagesAndEachAsLikely() {
        Tensor mirrored = Tensor.of(new float[] {3, 2, 1, 6, 5, 4}, 2, 3, 1);
        Tensor upsideDown = Tensor.of(new float[] {4, 5, 6, 1, 2, 3}, 2, 3, 1);
        Tensor turned = Tensor.of(new float[] {6, 5, 4, 3, 2, 1}, 2, 3, 1);
        assertEquals(
                Set.of(SIX, mirrored),
                outcomes(RandomFlip.horizontal(), SIX, 40).keySet());
        assertEquals(
                Set.of(SIX, upsideDown),
                outcomes(RandomFlip.vertical(), SIX, 40).keySet());
        Map<Tensor, Integer> both = outcomes(RandomFlip.horizontalAndVertical(), SIX, 2000);
        assertEquals(Set.of(SIX, mirrored, upsideDown, turned), both.keySet());
        both.forEach((picture, count) -> assertEquals(500, count, 100, picture.toString()));
    }

    @Test
    void flipsKeepChannelsInOrder() {
        Tensor colours = Tensor.of(new float[] {1, 10, 2, 20}, 1, 2, 2);
        Tensor mirrored = Tensor.of(new float[] {2, 20, 1, 10}, 1, 2, 2);
        assertEquals(
                Set.of(colours, mirrored),
                outcomes(RandomFlip.horizontal(), colours, 40).keySet());
    }

    @Test
    void cropsAreTakenFromEveryPlace() {
        Set<Tensor> expected = new HashSet<>();
        for (float first : new float[] {1, 2, 4, 5}) {
            expected.add(Tensor.of(new float[] {first, first + 1}, 1, 2, 1));
        }
        Map<Tensor, Integer> crops = outcomes(RandomCrop.of(1, 2), SIX, 800);
        assertEquals(expected, crops.keySet());
        crops.forEach((picture, count) -> assertEquals(200, count, 60, picture.toString()));
    }

    @Test
    void paddingIsAPartOfThePictureToCropFrom() {
        Tensor one = Tensor.of(new float[] {5, 50}, 1, 1, 2);
        Set<Tensor> expected = Set.of(
                Tensor.of(new float[] {5, 50, 9, 9, 9, 9, 9, 9}, 2, 2, 2),
                Tensor.of(new float[] {9, 9, 5, 50, 9, 9, 9, 9}, 2, 2, 2),
                Tensor.of(new float[] {9, 9, 9, 9, 5, 50, 9, 9}, 2, 2, 2),
                Tensor.of(new float[] {9, 9, 9, 9, 9, 9, 5, 50}, 2, 2, 2));
        assertEquals(
                expected,
                outcomes(RandomCrop.of(2, 2).padding(1).fillValue(9), one, 60).keySet());
    }

    @Test
    void aCropInThePaddingAloneIsEmpty() {
        Tensor one = Tensor.of(new float[] {5}, 1, 1, 1);
        Map<Tensor, Integer> crops = outcomes(RandomCrop.of(1, 1).padding(1), one, 900);
        assertEquals(Set.of(one, Tensor.of(new float[1], 1, 1, 1)), crops.keySet());
        assertEquals(100, crops.get(one), 40);
    }

    @Test
    void cropsLargerThanThePictureAreRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> RandomCrop.of(4, 3).apply(SIX, RANDOM))
                .getMessage();
        assertEquals(
                "RandomCrop: a part is not larger than the picture; expected at least 4x3, got float32[2, 3, 1] and"
                        + " padding 0. Remedy: more padding, or a smaller part",
                message);
    }

    @Test
    void erasedRectanglesHaveTheSidesThatAreDrawn() {
        RandomErasing erasing = RandomErasing.of(ValueRange.UNIT)
                .probability(1)
                .scale(Factor.of(0.25, 0.25))
                .fillValue(0.5);
        for (int i = 0; i < 50; i++) {
            Tensor erased = erasing.apply(ones(8, 12, 2), RANDOM.stream(i));
            assertEquals(4 * 6, rectangle(erased, 0.5f), "half of each side");
        }
    }

    /** The size of the part that has this value in all channels; fails if it is no rectangle. */
    private static int rectangle(Tensor picture, float value) {
        int[] sizes = picture.shape().sizes();
        Set<Integer> rows = new TreeSet<>();
        Set<Integer> columns = new TreeSet<>();
        int count = 0;
        for (int i = 0; i < picture.size(); i++) {
            if (picture.floats()[i] == value) {
                rows.add(i / sizes[2] / sizes[1]);
                columns.add(i / sizes[2] % sizes[1]);
                count++;
            }
        }
        assertEquals(rows.size() * columns.size() * sizes[2], count);
        return count / sizes[2];
    }

    @Test
    void erasingFillsWithNoiseWithinTheRangeUnlessToldOtherwise() {
        RandomErasing erasing = RandomErasing.of(ValueRange.UNIT).probability(1).scale(Factor.of(1, 1));
        float[] noise = erasing.apply(ones(20, 20, 1), RANDOM).floats();
        int black = 0;
        int grey = 0;
        for (float value : noise) {
            assertTrue(value >= 0 && value <= 1);
            black += value == 0 ? 1 : 0;
            grey += value > 0 && value < 1 ? 1 : 0;
        }
        assertEquals(200, black, 40, "half of a normal distribution is negative");
        assertEquals(137, grey, 40, "34 % of it lies between 0 and 1");
    }

    @Test
    void erasesAsOftenAsItIsLikely() {
        Tensor picture = ones(4, 4, 1);
        RandomErasing always =
                RandomErasing.of(ValueRange.UNIT).scale(Factor.of(1, 1)).fillValue(0.0);
        assertEquals(500, outcomes(always, picture, 1000).get(picture), 70, "probabilities from 0 to 1");
        assertEquals(750, outcomes(always.probability(0.25), picture, 1000).get(picture), 60);
        assertEquals(1000, outcomes(always.probability(0), picture, 1000).get(picture));
    }

    @Test
    void erasingWantsAFillValueForEachChannel() {
        RandomErasing erasing = RandomErasing.of(ValueRange.UNIT).fillValue(0.1, 0.2);
        assertThrows(IllegalArgumentException.class, () -> erasing.apply(ones(2, 2, 3), RANDOM));
    }

    @Test
    void cutoutIsASquareAboutAnyPixel() {
        Set<Integer> sizes = new TreeSet<>();
        for (Tensor cut : outcomes(Cutout.of(2), ones(3, 3, 1), 300).keySet()) {
            sizes.add(rectangle(cut, 0));
        }
        assertEquals(Set.of(1, 2, 4), sizes, "at a corner, an edge, inside");
        float[] hidden =
                Cutout.of(100).fillValue(0.25).apply(ones(3, 3, 1), RANDOM).floats();
        assertArrayEquals(new float[] {.25f, .25f, .25f, .25f, .25f, .25f, .25f, .25f, .25f}, hidden);
    }
}
