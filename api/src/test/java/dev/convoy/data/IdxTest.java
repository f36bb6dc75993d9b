package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {

    @TempDir
    Path folder;

    private Path file(String hex) throws IOException {
        return Files.write(folder.resolve("file.idx"), HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void bytesAreRead() throws IOException {
        Tensor tensor = Idx.read(file("0000 08 02 00000002 00000003 01 02 03 fd fe ff"));
        assertEquals(TensorSpec.of(DataType.UINT8, 2, 3), tensor.spec());
        assertArrayEquals(new byte[] {1, 2, 3, -3, -2, -1}, (byte[]) tensor.array());
    }

    @ParameterizedTest
    @CsvSource({
        "09, INT8, ff, -1",
        "0b, INT16, fffe, -2",
        "0c, INT32, 00010000, 65536",
        "0d, FLOAT32, 3fc00000, 1.5",
        "0e, FLOAT64, bff8000000000000, -1.5"
    })
    void everyTypeIsReadBigEndian(String code, DataType type, String element, double value) throws IOException {
        Tensor tensor = Idx.read(file("0000" + code + "01 00000001" + element));
        assertEquals(TensorSpec.of(type, 1), tensor.spec());
        Object array = tensor.array();
        double got = java.lang.reflect.Array.getDouble(array, 0);
        assertEquals(value, got);
    }

    @Test
    void compressedFilesAreRead() throws IOException {
        Path plain = file("0000 08 01 00000004 0a 0b 0c 0d");
        Path packed = Files.write(folder.resolve("file.gz"), zipped(Files.readAllBytes(plain)));
        assertEquals(Idx.read(plain), Idx.read(packed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                              | the file ends, 4 bytes early (at byte 0)",
                "0000                            | the file ends, 2 bytes early (at byte 2)",
                "89504e47                        | an IDX file starts with two zero bytes (at byte 0)",
                "0000 0a 01 00000001 00          | type 0x0a is unknown (at byte 2)",
                "0000 08 00                      | the number of axes is 1 to 8, got 0 (at byte 3)",
                "0000 08 ff                      | the number of axes is 1 to 8, got -1 (at byte 3)",
                "0000 08 02 00000002             | the file ends, 4 bytes early (at byte 8)",
                "0000 08 01 ffffffff             | sizes [-1] make more than 1073741824 bytes (at byte 4)",
                "0000 0e 02 7fffffff 7fffffff    | sizes [2147483647] make more than 1073741824 bytes (at byte 4)",
                "0000 08 01 40000000 01          | the file ends, 1073741823 bytes early (at byte 9)",
                "0000 08 01 00000002 01          | the file ends, 1 bytes early (at byte 9)",
                "0000 08 01 00000001 01 02       | there are more bytes than uint8[1] has (at byte 9)"
            })
    void brokenFilesAreRefused(String hex, String problem) throws IOException {
        Path file = file(hex);
        IdxException thrown = assertThrows(IdxException.class, () -> Idx.read(file));
        assertTrue(thrown.getMessage().startsWith(file + ": " + problem + ". Remedy: "), thrown::getMessage);
    }

    @Test
    void brokenCompressionIsATypedError() throws IOException {
        byte[] packed = zipped(HexFormat.of().parseHex("000008010000000401020304"));
        for (int length = 3; length < packed.length; length++) {
            Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, length));
            assertThrows(IdxException.class, () -> Idx.read(file), "cut to " + length);
        }
    }

    @Test
    void aMissingFileIsNamed() {
        NoSuchFileException thrown = assertThrows(NoSuchFileException.class, () -> Mnist.train(folder));
        assertTrue(thrown.getMessage().endsWith("train-images-idx3-ubyte.gz"), thrown::getMessage);
    }

    private void write(String name, int... header) throws IOException {
        int elements = 1;
        for (int i = 1; i < header.length; i++) {
            elements *= header[i];
        }
        ByteBuffer buffer = ByteBuffer.allocate(4 * header.length + elements);
        for (int value : header) {
            buffer.putInt(value);
        }
        for (int i = 0; i < elements; i++) {
            buffer.put((byte) (51 * i));
        }
        Files.write(folder.resolve(name), buffer.array());
    }

    @Test
    void picturesBecomeNumbersFrom0To1() throws IOException {
        write("train-images-idx3-ubyte", 0x803, 2, 3, 1);
        write("train-labels-idx1-ubyte", 0x801, 2);
        Dataset data = Mnist.train(folder);
        assertEquals(2, data.size());
        assertEquals(TensorSpec.float32(3, 1, 1), data.input());
        assertEquals(TensorSpec.of(DataType.INT32), data.target());
        Batch batch = data.batch(new int[] {1, 0});
        assertArrayEquals(
                new float[] {0.6f, 0.8f, 1, 0, 0.2f, 0.4f}, batch.inputs().floats(), 1e-7f);
        assertArrayEquals(new int[] {51, 0}, batch.targets().ints());
    }

    @Test
    void picturesAndLabelsBelongTogether() throws IOException {
        write("t10k-images-idx3-ubyte", 0x803, 2, 3, 1);
        write("t10k-labels-idx1-ubyte", 0x801, 3);
        IdxException count = assertThrows(IdxException.class, () -> Mnist.test(folder));
        assertTrue(count.getMessage().contains("there are 2 pictures and 3 labels"), count::getMessage);
        write("t10k-images-idx3-ubyte", 0x801, 2);
        IdxException rank = assertThrows(IdxException.class, () -> Mnist.test(folder));
        assertTrue(rank.getMessage().contains("expected uint8 with 3 axes, got uint8[2]"), rank::getMessage);
    }
}
