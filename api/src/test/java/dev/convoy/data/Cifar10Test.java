package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.archive.TarBytes;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {

    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    /** One picture: its class, 1,024 times red, 1,024 times green, 1,024 times blue; the last pixel is black. */
    private static byte[] record(int label, int red, int green, int blue) {
        byte[] bytes = new byte[RECORD];
        bytes[0] = (byte) label;
        Arrays.fill(bytes, 1, 1025, (byte) red);
        Arrays.fill(bytes, 1025, 2049, (byte) green);
        Arrays.fill(bytes, 2049, 3073, (byte) blue);
        bytes[1024] = bytes[2048] = bytes[3072] = 0;
        return bytes;
    }

    private static byte[] batch(int number) {
        return record(number, 51 * number, 255, 102);
    }

    private static void assertFiveBatches(PictureDataset data, String source) {
        assertEquals(5, data.size());
        assertEquals(TensorSpec.float32(32, 32, 3), data.input());
        assertEquals(Cifar10.CLASS_NAMES, data.classNames());
        assertTrue(data.source().contains(source), data::source);
        Batch all = data.batch(new int[] {0, 1, 2, 3, 4});
        assertArrayEquals(new int[] {1, 2, 3, 4, 5}, all.targets().ints());
        for (int n = 0; n < 5; n++) {
            assertArrayEquals(
                    new float[] {51 * (n + 1) / 255f, 1, 102 / 255f},
                    Arrays.copyOfRange(all.inputs().floats(), 3072 * n, 3072 * n + 3));
            assertArrayEquals(
                    new float[3], Arrays.copyOfRange(all.inputs().floats(), 3072 * n + 3069, 3072 * n + 3072));
        }
    }

    private byte[] official() {
        TarBytes tar = new TarBytes().file("cifar-10-batches-bin/batches.meta.txt", new byte[] {'a'});
        for (int i = 5; i >= 1; i--) {
            tar.file("cifar-10-batches-bin/data_batch_" + i + ".bin", batch(i));
        }
        return TarBytes.gzip(
                tar.file("cifar-10-batches-bin/test_batch.bin", batch(3)).bytes());
    }

    @Test
    void theBestSourceInAFolderIsTaken() throws IOException {
        Files.write(folder.resolve("cifar10-exact-train-0001.bin.gz"), TarBytes.gzip(batch(4)));
        Files.write(folder.resolve("cifar10-exact-train-0000.bin.gz"), TarBytes.gzip(batch(2)));
        PictureDataset exact = Cifar10.train(folder);
        assertArrayEquals(
                new int[] {2, 4}, exact.batch(new int[] {0, 1}).targets().ints());
        assertTrue(exact.source().contains("cifar10-exact-train-0000.bin.gz and 1 more"), exact::source);

        Files.write(
                folder.resolve("cifar10-jpeg-train.tar.gz"),
                TarBytes.gzip(new TarBytes()
                        .file("train/00001_9.jpg", PicturesOnDisk.jpeg(32, 32, 0))
                        .file("train/00000_6.jpg", PicturesOnDisk.jpeg(32, 32, 0xffffff))
                        .bytes()));
        PictureDataset jpegs = Cifar10.train(folder);
        assertArrayEquals(
                new int[] {6, 9}, jpegs.batch(new int[] {0, 1}).targets().ints());
        assertEquals(255, jpegs.picture(0).orElseThrow().get(5, 5, 1));
        assertTrue(jpegs.source().contains("cifar10-jpeg-train.tar.gz"), jpegs::source);

        Files.write(folder.resolve("cifar-10-binary.tar.gz"), official());
        assertFiveBatches(Cifar10.train(folder), "cifar-10-binary.tar.gz");
        assertEquals(3, Cifar10.test(folder).classOf(0));

        Path unpacked = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
        for (int i = 1; i <= 5; i++) {
            Files.write(unpacked.resolve("data_batch_" + i + ".bin"), batch(i));
        }
        assertFiveBatches(Cifar10.train(folder), "data_batch_1.bin and 4 more");
        for (int i = 1; i <= 5; i++) {
            Files.write(folder.resolve("data_batch_" + i + ".bin.gz"), TarBytes.gzip(batch(i)));
        }
        assertFiveBatches(Cifar10.train(folder), "data_batch_1.bin.gz and 4 more");
    }

    @Test
    void aFileCanBeNamedItself() throws IOException {
        Path one = Files.write(folder.resolve("data_batch_2.bin"), batch(2));
        assertEquals(2, Cifar10.train(one).classOf(0));
        Path archive = Files.write(folder.resolve("mine.tar.gz"), official());
        assertFiveBatches(Cifar10.train(archive), "mine.tar.gz");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        NoSuchFileException none = assertThrows(NoSuchFileException.class, () -> Cifar10.test(folder));
        assertTrue(none.getMessage().contains("cifar10-jpeg-test.tar.gz"), none::getMessage);
        Files.write(folder.resolve("data_batch_1.bin"), batch(1));
        DatasetException some = assertThrows(DatasetException.class, () -> Cifar10.train(folder));
        assertTrue(some.getMessage().contains("data_batch_2.bin: one of 5 files is missing"), some::getMessage);
        assertThrows(NoSuchFileException.class, () -> Cifar10.train(folder.resolve("missing.tar.gz")));
    }

    private DatasetException refused(byte[] content, String name) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return assertThrows(DatasetException.class, () -> Cifar10.train(file));
    }

    @Test
    void brokenFilesAreRefusedWithThePosition() throws IOException {
        byte[] two = Arrays.copyOf(batch(1), 2 * RECORD);
        assertEquals(
                RECORD,
                refused(Arrays.copyOf(two, 2 * RECORD - 1), "a.bin").position().orElseThrow());
        two[RECORD] = 10;
        DatasetException label = refused(two, "a.bin");
        assertEquals(RECORD, label.position().orElseThrow());
        assertTrue(label.getMessage().contains("the class is 0 to 9, got 10"), label::getMessage);
        refused(new byte[0], "a.bin");
        byte[] packed = TarBytes.gzip(batch(1));
        for (int length = 0; length < packed.length; length += 5) {
            refused(Arrays.copyOf(packed, length), "a.bin.gz");
        }
    }

    @Test
    void lossyPicturesAreThoseOfTheExactOnes() throws IOException {
        Path dir = Resources.external("cifar10/cifar10-jpeg-test.tar.gz").getParent();
        PictureDataset exact = Cifar10.test(dir.resolve("cifar10-exact-test-000-499.bin.gz"));
        PictureDataset lossy = Cifar10.test(dir);
        assertEquals(500, exact.size());
        assertEquals(4500, lossy.size());
        assertTrue(lossy.source().contains("cifar10-jpeg-test.tar.gz"), lossy::source);
        // The n-th picture of a class in the original order is test/<label>_<n>.jpg; those of all classes lie in order.
        int[] start = new int[11];
        IntStream.range(0, lossy.size()).forEach(i -> start[lossy.classOf(i) + 1]++);
        for (int i = 0; i < 10; i++) {
            start[i + 1] += start[i];
        }
        int[] seen = new int[10];
        double sum = 0;
        long values = 0;
        for (int i = 0; i < exact.size(); i++) {
            int label = exact.classOf(i);
            int match = start[label] + seen[label]++;
            assertEquals(label, lossy.classOf(match));
            byte[] a = exact.picture(i).orElseThrow().pixels();
            byte[] b = lossy.picture(match).orElseThrow().pixels();
            for (int k = 0; k < a.length; k++) {
                sum += Math.abs((a[k] & 0xff) - (b[k] & 0xff));
            }
            values += a.length;
        }
        assertEquals(5.8, sum / values, 0.3, "mean absolute error in grey levels");
    }
}
