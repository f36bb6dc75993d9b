package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DatasetTest {

    /** Sample i has input 10 i and class i mod 3. */
    private static Dataset numbers(int count) {
        float[] inputs = new float[count];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
            inputs[i] = 10 * i;
            classes[i] = i % 3;
        }
        return Dataset.of(Tensor.of(inputs, count, 1), Tensor.of(classes, count));
    }

    private static float[] all(Dataset data) {
        return data.batch(IntStream.range(0, data.size()).toArray()).inputs().floats();
    }

    private static int[] classes(Dataset data) {
        return data.batch(IntStream.range(0, data.size()).toArray()).targets().ints();
    }

    @Test
    void rangesAndChoices() {
        assertArrayEquals(new float[] {20, 30}, all(numbers(5).subset(2, 4)));
        assertArrayEquals(new float[] {0, 10}, all(numbers(5).take(2)));
        assertEquals(5, numbers(5).take(9).size());
        Dataset chosen = numbers(5).select(new int[] {4, 0, 4});
        assertArrayEquals(new float[] {40, 0, 40}, all(chosen));
        assertArrayEquals(new float[] {40, 40}, all(chosen.select(new int[] {2, 0})));
        assertArrayEquals(new int[] {1, 0, 1}, classes(chosen));
    }

    @Test
    void emptyAndOutsideChoicesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> numbers(5).subset(2, 2));
        assertThrows(IllegalArgumentException.class, () -> numbers(5).take(0));
        assertThrows(IndexOutOfBoundsException.class, () -> numbers(5).subset(3, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> numbers(5).select(new int[] {5}));
        assertThrows(IndexOutOfBoundsException.class, () -> numbers(5).take(2).batch(new int[] {2}));
        assertThrows(IndexOutOfBoundsException.class, () -> numbers(5).take(2).select(new int[] {2}));
    }

    @Test
    void aSplitDealsEverySampleOutOnce() {
        Split split = numbers(10).split(0.7, 1);
        assertEquals(7, split.first().size());
        assertEquals(3, split.second().size());
        float[] together = all(split.first().concat(split.second()));
        assertFalseSorted(together);
        Arrays.sort(together);
        assertArrayEquals(all(numbers(10)), together);
        assertArrayEquals(all(split.first()), all(numbers(10).split(0.7, 1).first()), "the same seed deals the same");
        assertNotEquals(
                Arrays.toString(all(split.first())),
                Arrays.toString(all(numbers(10).split(0.7, 2).first())));
    }

    private static void assertFalseSorted(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        assertNotEquals(Arrays.toString(sorted), Arrays.toString(values));
    }

    @Test
    void aSplitByClassDividesEachClassAlike() {
        Split split = numbers(30).splitByClass(0.8, 3);
        for (int number = 0; number < 3; number++) {
            int wanted = number;
            assertEquals(
                    8,
                    Arrays.stream(classes(split.first()))
                            .filter(c -> c == wanted)
                            .count());
            assertEquals(
                    2,
                    Arrays.stream(classes(split.second()))
                            .filter(c -> c == wanted)
                            .count());
        }
        float[] together = all(split.first().concat(split.second()));
        Arrays.sort(together);
        assertArrayEquals(all(numbers(30)), together);
    }

    @Test
    void fractionsThatLeaveAPartEmptyAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> numbers(5).split(0, 0));
        assertThrows(IllegalArgumentException.class, () -> numbers(5).split(1, 0));
        assertThrows(IllegalArgumentException.class, () -> numbers(5).split(Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> numbers(5).split(0.01, 0));
        assertThrows(IllegalArgumentException.class, () -> numbers(3).splitByClass(0.5, 0));
    }

    @Test
    void joinedBatchesKeepTheOrderThatWasAsked() {
        Dataset both = numbers(3).concat(numbers(5).subset(3, 5));
        assertEquals(5, both.size());
        assertArrayEquals(new float[] {0, 10, 20, 30, 40}, all(both));
        Batch mixed = both.batch(new int[] {4, 0, 3, 2, 4});
        assertArrayEquals(new float[] {40, 0, 30, 20, 40}, mixed.inputs().floats());
        assertArrayEquals(new int[] {1, 0, 0, 2, 1}, mixed.targets().ints());
        assertNull(mixed.weights());
        assertThrows(IndexOutOfBoundsException.class, () -> both.batch(new int[] {5}));
        Dataset wide = Dataset.of(Tensor.of(new float[4], 2, 2), Tensor.of(new int[2], 2));
        assertThrows(IllegalArgumentException.class, () -> both.concat(wide));
    }

    @Test
    void weightsOfAJoinedSetAre1WhereThereAreNone() {
        Dataset weighted = Dataset.of(
                Tensor.of(new float[] {7}, 1, 1), Tensor.of(new int[] {2}, 1), Tensor.of(new float[] {0.5f}, 1));
        Batch batch = numbers(2).concat(weighted).batch(new int[] {2, 1});
        assertArrayEquals(new float[] {0.5f, 1}, batch.weights().floats());
    }

    @Test
    void inputsAreChangedBatchByBatch() {
        Dataset doubled = numbers(4).mapInputs(x -> {
            float[] values = new float[2 * x.size()];
            for (int i = 0; i < x.size(); i++) {
                values[2 * i] = x.floats()[i];
                values[2 * i + 1] = -x.floats()[i];
            }
            return Tensor.of(values, x.size(), 2);
        });
        assertEquals(TensorSpec.float32(2), doubled.input());
        assertArrayEquals(
                new float[] {30, -30, 10, -10},
                doubled.batch(new int[] {3, 1}).inputs().floats());
        assertThrows(IllegalArgumentException.class, () -> numbers(4).mapInputs(x -> Tensor.of(new float[6], 2, 3)));
    }

    @Test
    void picturesArePaddedWithZeros() {
        Dataset data =
                Dataset.of(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 1, 2, 2), Tensor.of(new int[2], 2));
        Dataset padded = data.padded(1);
        assertEquals(TensorSpec.float32(3, 4, 2), padded.input());
        float[] row = new float[8];
        float[] expected = new float[48];
        System.arraycopy(new float[] {0, 0, 5, 6, 7, 8, 0, 0}, 0, expected, row.length, row.length);
        System.arraycopy(new float[] {0, 0, 1, 2, 3, 4, 0, 0}, 0, expected, 24 + row.length, row.length);
        assertArrayEquals(expected, padded.batch(new int[] {1, 0}).inputs().floats());
        assertThrows(IllegalArgumentException.class, () -> numbers(2).padded(1));
        assertThrows(IllegalArgumentException.class, () -> data.padded(-1));
    }

    @Test
    void picturesBecomeFloatsBatchByBatch() {
        byte[] pixels = {0, 51, (byte) 255, (byte) 204, 102, (byte) 153};
        PictureDataset data =
                PictureDataset.of(Tensor.wrap(TensorSpec.of(DataType.UINT8, 2, 1, 1, 3), pixels), new int[] {1, 0});
        assertEquals(TensorSpec.float32(1, 1, 3), data.input());
        assertArrayEquals(
                new float[] {204 / 255f, 102 / 255f, 153 / 255f, 0, 51 / 255f, 1},
                data.batch(new int[] {1, 0}).inputs().floats());
        assertArrayEquals(
                new float[] {-1, -0.6f, 1},
                data.withScaling(Scaling.TF).batch(new int[] {0}).inputs().floats(),
                1e-6f);
        assertArrayEquals(
                new float[] {255 - 103.939f, 51 - 116.779f, -123.68f},
                data.withScaling(Scaling.CAFFE)
                        .withChannels(Preprocessing.Channels.BGR)
                        .batch(new int[] {0})
                        .inputs()
                        .floats(),
                1e-5f);
        assertArrayEquals(
                Arrays.copyOfRange(pixels, 3, 6), data.picture(1).orElseThrow().pixels());
        assertEquals(1, data.classOf(0));
    }

    @Test
    void everyByteIsScaledAsBefore() {
        byte[] all = new byte[256];
        float[] expected = new float[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
            expected[i] = Byte.toUnsignedInt(all[i]) / 255f;
        }
        PictureDataset data = PictureDataset.of(List.of(Image.of(16, 16, 1, all)), new int[1]);
        assertArrayEquals(expected, data.batch(new int[1]).inputs().floats());
    }

    @Test
    void namesAndPicturesReachThroughViews() {
        List<Image> pictures = Stream.of(1, 2, 3)
                .map(i -> Image.of(1, 1, 1, new byte[] {i.byteValue()}))
                .toList();
        PictureDataset data = PictureDataset.of(pictures, new int[] {0, 1, 0}).withClassNames(List.of("cat", "dog"));
        Dataset view = data.subset(1, 3).concat(data).padded(1);
        assertEquals(List.of("cat", "dog"), view.classNames());
        assertEquals(Optional.of(pictures.get(2)), view.picture(1));
        assertEquals(Optional.of(pictures.get(0)), view.picture(2));
        assertEquals(Optional.empty(), numbers(2).picture(0));
        assertThrows(IndexOutOfBoundsException.class, () -> data.picture(3));
        assertThrows(IndexOutOfBoundsException.class, () -> numbers(2).picture(2));
        assertEquals(List.of("a"), numbers(2).withClassNames(List.of("a")).classNames());
    }

    @Test
    void picturesThatDoNotFitTogetherAreRefused() {
        Image small = Image.of(1, 1, 1, new byte[1]);
        Image wide = Image.of(2, 1, 1, new byte[2]);
        Image colour = Image.of(1, 1, 3, new byte[3]);
        assertThrows(IllegalArgumentException.class, () -> PictureDataset.of(List.of(), new int[0]));
        assertThrows(IllegalArgumentException.class, () -> PictureDataset.of(List.of(small), new int[2]));
        assertThrows(IllegalArgumentException.class, () -> PictureDataset.of(List.of(small), new int[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> PictureDataset.of(List.of(small, wide), new int[2]));
        assertThrows(IllegalArgumentException.class, () -> PictureDataset.of(List.of(small, colour), new int[2]));
        PictureDataset data = PictureDataset.of(List.of(small), new int[] {1});
        assertThrows(IllegalArgumentException.class, () -> data.withClassNames(List.of("one")));
        assertThrows(IllegalArgumentException.class, () -> data.withScaling(Scaling.CAFFE));
        IllegalArgumentException floats = assertThrows(
                IllegalArgumentException.class, () -> PictureDataset.of(Tensor.of(new float[1], 1, 1, 1), new int[1]));
        assertTrue(floats.getMessage().contains("float32[1, 1, 1]"), floats::getMessage);
    }

    @Test
    void theRealDigitsAreTheBytesOfTheirFileBy255() throws IOException {
        Path file = Resources.external("mnist/train-images-idx3-ubyte.gz");
        PictureDataset data = Mnist.train(file.getParent());
        assertEquals(60_000, data.size());
        assertEquals(TensorSpec.float32(28, 28, 1), data.input());
        byte[] stored;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            stored = in.readAllBytes();
        }
        float[] values = data.batch(new int[] {59_999, 4711}).inputs().floats();
        for (int i = 0; i < values.length; i++) {
            int sample = i < 784 ? 59_999 : 4711;
            assertEquals((stored[16 + 784 * sample + i % 784] & 0xff) / 255f, values[i]);
        }
    }
}
