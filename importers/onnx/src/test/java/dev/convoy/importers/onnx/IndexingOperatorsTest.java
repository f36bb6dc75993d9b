package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.ImportException;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators that index, generate and rearrange; most examples are those of ONNX's documentation. */
class IndexingOperatorsTest {

    private static final Tensor MATRIX = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    private static final Tensor NINE = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3);

    private static Tensor longs(long... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void gatherElements() throws IOException {
        Tensor indices = Tensor.of(new long[] {0, 0, -1, 0}, 2, 2);
        Tensor along1 = OneNode.of("GatherElements", 13)
                .input(MATRIX)
                .input(indices)
                .with("axis", 1)
                .run();
        assertEquals(Tensor.of(new float[] {1, 1, 4, 3}, 2, 2), along1);
        Tensor along0 =
                OneNode.of("GatherElements", 13).input(MATRIX).input(indices).run();
        assertEquals(Tensor.of(new float[] {1, 2, 3, 2}, 2, 2), along0);
    }

    @Test
    void gatherNd() throws IOException {
        Tensor tuples = Tensor.of(new long[] {0, 0, 1, -1}, 2, 2);
        assertEquals(
                Tensor.of(new float[] {1, 4}, 2),
                OneNode.of("GatherND", 13).input(MATRIX).input(tuples).run());
        Tensor cube = Tensor.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 2, 2, 2);
        Tensor perBatch = Tensor.of(new long[] {1, 0}, 2, 1);
        assertEquals(
                Tensor.of(new int[] {2, 3, 4, 5}, 2, 2),
                OneNode.of("GatherND", 13)
                        .input(cube)
                        .input(perBatch)
                        .with("batch_dims", 1)
                        .run());
    }

    @ParameterizedTest
    @CsvSource({"none, 4", "add, 7.5", "mul, 12", "max, 4", "min, 1.5"})
    void scatterElements(String reduction, float second) throws IOException {
        Tensor result = OneNode.of("ScatterElements", 18)
                .input(Tensor.of(new float[] {1, 2, 3, 4, 5}, 1, 5))
                .input(Tensor.of(new long[] {1, -4}, 1, 2))
                .input(Tensor.of(new float[] {1.5f, 4}, 1, 2))
                .with("axis", 1)
                .with("reduction", reduction)
                .run();
        assertEquals(Tensor.of(new float[] {1, second, 3, 4, 5}, 1, 5), result);
    }

    @Test
    void scatterNd() throws IOException {
        Tensor result = OneNode.of("ScatterND", 16)
                .input(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2))
                .input(Tensor.of(new long[] {0, -1}, 2, 1))
                .input(Tensor.of(new float[] {10, 20, 30, 40}, 2, 2))
                .with("reduction", "add")
                .run();
        assertEquals(Tensor.of(new float[] {11, 22, 3, 4, 5, 6, 37, 48}, 4, 2), result);
    }

    @Test
    void oneHotIsOffOutside() throws IOException {
        Tensor result = OneNode.of("OneHot", 11)
                .input(longs(0, -1, 3))
                .constant(longs(3))
                .input(Tensor.of(new float[] {2, 5}, 2))
                .with("axis", 0)
                .run();
        assertEquals(Tensor.of(new float[] {5, 2, 2, 2, 2, 2, 2, 5, 2}, 3, 3), result);
    }

    @Test
    void split() throws IOException {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5}, 5);
        assertEquals(
                List.of(Tensor.of(new float[] {1, 2}, 2), Tensor.of(new float[] {3, 4, 5}, 3)),
                OneNode.of("Split", 13).input(x).constant(longs(2, 3)).run(2));
        assertEquals(
                List.of(Tensor.of(new float[] {1, 2, 3}, 3), Tensor.of(new float[] {4, 5}, 2)),
                OneNode.of("Split", 18).input(x).with("num_outputs", 2).run(2));
    }

    @Test
    void tile() throws IOException {
        assertEquals(
                Tensor.of(new float[] {1, 2, 1, 2, 3, 4, 3, 4}, 2, 4),
                OneNode.of("Tile", 13).input(MATRIX).constant(longs(1, 2)).run());
        assertEquals(
                Tensor.of(new float[] {1, 2, 3, 4, 1, 2, 3, 4}, 4, 2),
                OneNode.of("Tile", 1)
                        .input(MATRIX)
                        .constant(Tensor.scalar(2L))
                        .constant(Tensor.scalar(0L))
                        .run());
    }

    @Test
    void reverseSequence() throws IOException {
        Tensor result = OneNode.of("ReverseSequence", 10)
                .input(NINE)
                .input(longs(1, 3, 2))
                .with("time_axis", 1)
                .with("batch_axis", 0)
                .run();
        assertEquals(Tensor.of(new float[] {1, 2, 3, 6, 5, 4, 8, 7, 9}, 3, 3), result);
    }

    @Test
    void trilu() throws IOException {
        assertEquals(
                Tensor.of(new float[] {1, 2, 3, 0, 5, 6, 0, 0, 9}, 3, 3),
                OneNode.of("Trilu", 14).input(NINE).run());
        assertEquals(
                Tensor.of(new float[] {0, 0, 0, 4, 0, 0, 7, 8, 0}, 3, 3),
                OneNode.of("Trilu", 14)
                        .input(NINE)
                        .input(Tensor.scalar(-1L))
                        .with("upper", 0)
                        .run());
    }

    @Test
    void generated() throws IOException {
        assertEquals(
                Tensor.of(new int[] {10, 6}, 2),
                OneNode.of("Range", 11)
                        .constant(Tensor.of(new int[] {10}))
                        .constant(Tensor.of(new int[] {4}))
                        .constant(Tensor.of(new int[] {-4}))
                        .run());
        assertEquals(
                Tensor.of(new float[] {0, 1, 0, 0, 0, 1}, 2, 3),
                OneNode.of("EyeLike", 9)
                        .input(Tensor.of(new int[6], 2, 3))
                        .with("k", 1)
                        .with("dtype", 1)
                        .run());
        assertEquals(
                Tensor.of(new float[] {0, 0}, 2),
                OneNode.of("ConstantOfShape", 9).constant(longs(2)).run());
    }

    @Test
    void placesThatAreKnown() throws IOException {
        assertEquals(
                Tensor.of(new long[] {0, 1, 1, 0, 0, 1}, 2, 3),
                OneNode.of("NonZero", 13)
                        .constant(Tensor.of(new long[] {1, 0, 1, 1}, 2, 2))
                        .run());
        assertEquals(
                Tensor.of(new float[] {3, 4}, 1, 2),
                OneNode.of("Compress", 11)
                        .input(MATRIX)
                        .constant(Tensor.of(new boolean[] {false, true}, 2))
                        .with("axis", 0)
                        .run());
    }

    @Test
    void placesThatDependOnDataAreRefused() {
        ImportException refused = assertThrows(
                ImportException.class,
                () -> OneNode.of("NonZero", 13).input(MATRIX).run());
        assertTrue(refused.getMessage().contains("the shape of its result depends on the data"), refused::getMessage);
    }

    @Test
    void storageTypesAreIndexedToo() throws IOException {
        Tensor x = Tensor.wrap(new TensorSpec(DataType.UINT8, MATRIX.shape()), new byte[] {1, -1, 3, 4});
        Tensor result = OneNode.of("ScatterElements", 18)
                .input(x)
                .input(Tensor.of(new long[] {1}, 1, 1))
                .input(Tensor.wrap(TensorSpec.of(DataType.UINT8, 1, 1), new byte[] {2}))
                .with("reduction", "max")
                .run();
        assertEquals(Tensor.wrap(x.spec(), new byte[] {1, -1, 3, 4}), result);
    }
}
