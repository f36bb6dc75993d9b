package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.archive.ArchiveException;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {

    @TempDir
    Path folder;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("arrays.npz");
    }

    /** An array file by NEP 1: magic, version 1.0, length of the header, the header, the elements. */
    private static byte[] npy(String descr, String shape, byte... elements) {
        byte[] header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n"
                .formatted(descr, shape)
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length);
        return bytes.put(header).put(elements).array();
    }

    private static byte[] little(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    private Path write() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return Files.write(file, out.toByteArray());
    }

    private void digits() {
        entries.put("x_train.npy", npy("|u1", "2, 1, 2", (byte) 0, (byte) 51, (byte) 102, (byte) 255));
        entries.put("y_train.npy", npy("|u1", "2,", (byte) 7, (byte) 3));
        entries.put("x_test.npy", npy("|u1", "1, 1, 2", (byte) 255, (byte) 0));
        entries.put("y_test.npy", npy("<i8", "1, 1", little(9)));
    }

    @Test
    void arraysAreReadByName() throws IOException {
        digits();
        Map<String, Tensor> arrays = Npz.read(write());
        assertEquals(List.of("x_train", "y_train", "x_test", "y_test"), List.copyOf(arrays.keySet()));
        assertEquals(
                TensorSpec.of(DataType.UINT8, 2, 1, 2), arrays.get("x_train").spec());
        assertArrayEquals(new byte[] {7, 3}, (byte[]) arrays.get("y_train").array());
    }

    @Test
    void bytesWithClassesArePictures() throws IOException {
        digits();
        PictureDataset train = assertInstanceOf(PictureDataset.class, Npz.train(write()));
        assertEquals(TensorSpec.float32(1, 2, 1), train.input());
        Batch batch = train.batch(new int[] {1, 0});
        assertArrayEquals(
                new float[] {102 / 255f, 1, 0, 51 / 255f}, batch.inputs().floats());
        assertArrayEquals(new int[] {3, 7}, batch.targets().ints());
        PictureDataset test = assertInstanceOf(PictureDataset.class, Npz.test(file));
        assertArrayEquals(new int[] {9}, test.batch(new int[1]).targets().ints());
    }

    @Test
    void otherArraysBecomeFloatsAsTheyAre() throws IOException {
        entries.put("x.npy", npy("<f8", "2, 1", little(Double.doubleToLongBits(0.5), Double.doubleToLongBits(-2))));
        entries.put("y.npy", npy("|u1", "2, 2", (byte) 0, (byte) 1, (byte) 255, (byte) 0));
        Batch batch = Npz.train(write()).batch(new int[] {0, 1});
        assertArrayEquals(new float[] {0.5f, -2}, batch.inputs().floats());
        assertEquals(Tensor.of(new float[] {0, 1, 255, 0}, 2, 2), batch.targets());
    }

    @Test
    void twoFilesMakeAPair() throws IOException {
        Path x = Files.write(folder.resolve("x.npy"), npy("|u1", "1, 1, 1, 3", (byte) 1, (byte) 2, (byte) 255));
        Path y = Files.write(folder.resolve("y.npy"), npy("<i8", "1,", little(4)));
        Batch batch = Npz.pair(x, y).batch(new int[1]);
        assertArrayEquals(new float[] {1 / 255f, 2 / 255f, 1}, batch.inputs().floats());
        assertArrayEquals(new int[] {4}, batch.targets().ints());
        assertThrows(NoSuchFileException.class, () -> Npz.pair(x, folder.resolve("z.npy")));
    }

    private DatasetException refused(String problem) throws IOException {
        write();
        DatasetException thrown = assertThrows(DatasetException.class, () -> Npz.train(file));
        assertTrue(thrown.getMessage().contains(problem), thrown::getMessage);
        return thrown;
    }

    @Test
    void whatDoesNotFitIsSaid() throws IOException {
        entries.put("a.npy", npy("|u1", "1,", (byte) 0));
        refused("there are no arrays x and y, but [a]");
        digits();
        entries.put("y_train.npy", npy("|u1", "1,", (byte) 7));
        refused("inputs uint8[2, 1, 2] and targets uint8[1] do not belong together");
        entries.put("y_train.npy", npy("<i8", "2,", little(0, -1)));
        refused("target 1 is -1.0, which is no class number");
        entries.put("y_train.npy", npy("<i8", "2,", little(0, 1L << 40)));
        refused("which is no class number");
        entries.put("y_train.npy", npy("<f2", "2,", new byte[4]));
        refused("arrays of float16 are not taken");
        entries.put("notes.txt", new byte[1]);
        refused("notes.txt: this is no array (.npy)");
        entries.clear();
        entries.put("x.npy", npy("|O", "1,", (byte) 0));
        write();
        assertThrows(NpyException.class, () -> Npz.read(file));
        assertThrows(DatasetException.class, () -> Npz.read(folder));
    }

    @Test
    void mutantsGiveTypedErrorsOnly() throws IOException {
        digits();
        byte[] seed = Files.readAllBytes(write());
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] mutant = seed.clone();
            for (int change = 0; change <= i % 5; change++) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            Files.write(file, mutant);
            try {
                Npz.train(file);
            } catch (ArchiveException | DatasetException | NpyException e) {
                refused++;
            }
        }
        assertTrue(refused > 100, refused + " of 300 mutants refused");
    }
}
