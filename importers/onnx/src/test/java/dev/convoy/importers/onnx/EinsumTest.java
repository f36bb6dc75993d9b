package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.ImportException;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of small tensors worked out by hand. */
class EinsumTest {

    /** {@code [[1, 2], [3, 4]]} and as often as the equation has operands. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ij -> ji | 1 3 2 4",
                "ij -> | 10",
                "ij -> i | 3 7",
                "ii -> i | 1 4",
                "ii | 5",
                "... -> ... | 1 2 3 4",
                "ij, jk -> ik | 7 10 15 22",
                "ij, jk | 7 10 15 22",
                "ij, kj -> ik | 5 11 11 25",
                "ij, ij -> ij | 1 4 9 16",
                "ij, ij -> | 30",
                "ij, kl -> ijkl | 1 2 3 4 2 4 6 8 3 6 9 12 4 8 12 16",
                "ij, jk, kl -> il | 37 54 81 118",
                "i..., ij -> j... | 10 14 14 20",
                "...i, ...i -> ... | 5 25"
            })
    void ofAMatrix(String equation, String expected) throws IOException {
        double[] wanted = Arrays.stream(expected.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        OneNode real = OneNode.of("Einsum", 12).with("equation", equation);
        OneNode whole = OneNode.of("Einsum", 12).with("equation", equation);
        for (int i = 0; i < equation.split(",").length; i++) {
            real.input(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
            whole.input(Tensor.of(new long[] {1, 2, 3, 4}, 2, 2));
        }
        float[] reals = real.run().floats();
        assertEquals(wanted.length, reals.length);
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], reals[i]);
        }
        assertArrayEquals(
                Arrays.stream(wanted).mapToLong(v -> (long) v).toArray(),
                whole.run().longs());
    }

    @Test
    void axesOfAnEllipsisStretch() throws IOException {
        Tensor result = OneNode.of("Einsum", 12)
                .input(Tensor.of(new float[] {1, 2, 3, 4}, 2, 1, 2))
                .input(Tensor.of(new float[] {1, 10, 100, 1000, 1, 1}, 3, 2))
                .with("equation", "...i, ...i -> ...")
                .run();
        assertEquals(Tensor.of(new float[] {21, 2100, 3, 43, 4300, 7}, 2, 3), result);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        ImportException refused = assertThrows(
                ImportException.class,
                () -> OneNode.of("Einsum", 12)
                        .input(Tensor.of(new float[] {1, 2}, 2))
                        .with("equation", "ij -> j")
                        .run());
        assertTrue(refused.getMessage().contains("'ij' of its equation does not fit"), refused::getMessage);
    }
}
