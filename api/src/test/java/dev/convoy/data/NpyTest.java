package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** NumPy files, held to what NumPy writes. */
class NpyTest {

    static Stream<Arguments> files() {
        return Resources.table("numpy.tsv");
    }

    private static Tensor read(byte[] file) throws IOException {
        return Npy.read(new ByteArrayInputStream(file), file.length, "x.npy");
    }

    private static byte[] file(String header, int dataBytes) {
        String padded = header + "\n";
        byte[] file = Arrays.copyOf(
                ("\u0093NUMPY\u0001\u0000" + (char) padded.length() + "\u0000" + padded)
                        .getBytes(StandardCharsets.ISO_8859_1),
                10 + padded.length() + dataBytes);
        return file;
    }

    /** 0 to 5, where bool makes 1 of all but 0 and float16 has the bits of 0, 1, 2, 3, 4, 5. */
    private static Object zeroToFive(DataType type) {
        return switch (type.storage()) {
            case BOOLEAN -> new boolean[] {false, true, true, true, true, true};
            case BYTE -> new byte[] {0, 1, 2, 3, 4, 5};
            case SHORT ->
                type == DataType.FLOAT16
                        ? new short[] {0, 0x3c00, 0x4000, 0x4200, 0x4400, 0x4500}
                        : new short[] {0, 1, 2, 3, 4, 5};
            case INT -> new int[] {0, 1, 2, 3, 4, 5};
            case LONG -> new long[] {0, 1, 2, 3, 4, 5};
            case FLOAT -> new float[] {0, 1, 2, 3, 4, 5};
            case DOUBLE -> new double[] {0, 1, 2, 3, 4, 5};
            case NONE -> throw new AssertionError(type);
        };
    }

    private static DataType type(String dtype) {
        return switch (dtype.replaceAll("[<>|]", "")) {
            case "?" -> DataType.BOOL;
            case "f2" -> DataType.FLOAT16;
            case "f4" -> DataType.FLOAT32;
            case "f8" -> DataType.FLOAT64;
            case "i1" -> DataType.INT8;
            case "i2" -> DataType.INT16;
            case "i4" -> DataType.INT32;
            case "i8" -> DataType.INT64;
            case "u1" -> DataType.UINT8;
            case "u2" -> DataType.UINT16;
            case "u4" -> DataType.UINT32;
            case "u8" -> DataType.UINT64;
            default -> throw new AssertionError(dtype);
        };
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsWhatNumpyWrites(String dtype, String order, String base64) throws IOException {
        DataType type = type(dtype);
        assertEquals(
                Tensor.wrap(TensorSpec.of(type, 2, 3), zeroToFive(type)),
                read(Base64.getDecoder().decode(base64)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void writesWhatNumpyWrites(String dtype, String order, String base64) {
        if (order.equals("C") && !dtype.startsWith(">")) {
            DataType type = type(dtype);
            assertArrayEquals(
                    Base64.getDecoder().decode(base64),
                    Npy.encode(Tensor.wrap(TensorSpec.of(type, 2, 3), zeroToFive(type))));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"''; ()", "7; (7,)", "2,0,3; (2, 0, 3)", "2,3,4; (2, 3, 4)"})
    void everyRankSurvives(String sizes, String tuple, @TempDir Path folder) throws IOException {
        Shape shape = Shape.of(
                sizes.isEmpty()
                        ? new int[0]
                        : Stream.of(sizes.split(","))
                                .mapToInt(Integer::parseInt)
                                .toArray());
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.1f * i - 1;
        }
        Tensor tensor = Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), values);
        Path file = folder.resolve("x.npy");
        Npy.write(file, tensor);
        assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).contains("'shape': " + tuple + ", }"));
        assertEquals(tensor, Npy.read(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '"',
            value = {
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,), } => 8 => the array holds Python objects (dtype"
                        + " '|O'), stored as a pickle, which could run code and is never read (at byte 10)",
                "{'descr': [('a', '|O')], 'fortran_order': False, 'shape': (1,), } => 8 => the array holds Python"
                        + " objects",
                "{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (1,), } => 8 => the array"
                        + " holds records",
                "{'descr': '<U2', 'fortran_order': False, 'shape': (1,), } => 8 => dtype '<U2' is not supported; these"
                        + " are: b1, f2",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), } => 8 => dtype '<c8' is not supported",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), } => 8 => shape [3] of float32 needs 12 bytes"
                        + " of data, the file has 8",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 9), } => 8 => shape"
                        + " [2000000000, 2000000000, 9] of float32 needs",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), } => 8 => the shape (99999999999,)"
                        + " cannot be",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), } => 8 => the header does not have the form",
                "{'descr': '<f4', 'fortran_order': False, } => 8 => the header does not have the form",
                "{'descr': '<f4', 'fortran_order': __import__('os'), 'shape': (2,), } => 8 => the header does not have"
                        + " the form",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 'y'} => 8 => the header has an unknown"
                        + " key 'x'",
                "hello => 8 => the header is no dictionary"
            })
    void refusesWithPositionAndRemedy(String header, int bytes, String problem) {
        NpyException refusal = assertThrows(NpyException.class, () -> read(file(header.strip(), bytes)));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("x.npy: " + problem.strip()), refusal.getMessage());
        assertTrue(String.valueOf(refusal.getMessage()).contains("Remedy: "), refusal.getMessage());
        assertTrue(refusal.position() >= 10, () -> "position " + refusal.position());
    }

    @Test
    void refusesOtherFiles() {
        byte[] pickle = {(byte) 0x80, 4, (byte) 0x95, 0, 0, 0, 0, 0};
        assertTrue(refusal(pickle).contains("this is a Python pickle, which is never read"));
        assertTrue(refusal("PK\3\4....".getBytes(StandardCharsets.US_ASCII)).contains("this is a zip (.npz?)"));
        assertTrue(refusal(new byte[0]).contains("this is no NumPy file"));
        byte[] newer = file("{}", 0);
        newer[6] = 4;
        assertTrue(refusal(newer).contains("format version 4 is unknown"));
        byte[] longHeader = file("{}", 0);
        longHeader[9] = 100;
        assertTrue(refusal(longHeader).contains("the header is said to have 25603 bytes; the file has 13"));
    }

    private static String refusal(byte[] file) {
        return String.valueOf(assertThrows(NpyException.class, () -> read(file)).getMessage());
    }

    @Test
    void damagedFilesGiveATensorOrATypedRefusal() throws IOException {
        byte[] file = Npy.encode(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        Random random = new Random(9);
        for (int run = 0; run < 2000; run++) {
            byte[] damaged = Arrays.copyOf(file, random.nextInt(4) == 0 ? random.nextInt(file.length) : file.length);
            for (int hits = random.nextInt(4); hits > 0 && damaged.length > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                read(damaged);
            } catch (NpyException refusal) {
                assertTrue(refusal.position() <= damaged.length, refusal.getMessage());
            }
        }
    }

    @Test
    void refusesToWriteTypesThatNumpyLacks(@TempDir Path folder) {
        Path file = folder.resolve("x.npy");
        Tensor tensor = Tensor.zeros(TensorSpec.of(DataType.BFLOAT16, 2));
        assertEquals(
                "NumPy has no bfloat16. Remedy: cast the tensor to float32 before it is written",
                assertThrows(IllegalArgumentException.class, () -> Npy.write(file, tensor))
                        .getMessage());
        assertFalse(Files.exists(file));
    }
}
