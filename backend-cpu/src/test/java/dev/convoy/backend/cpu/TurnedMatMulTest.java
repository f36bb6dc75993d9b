package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of few rows with a transposed matrix, as in the gradient of the data of a dense layer. */
class TurnedMatMulTest {

    record Sizes(int m, int n, int k) {}

    /** Whole blocks of rows and parts of them, panels of one vector and two, rows that cannot be read where they lie. */
    private static final List<Sizes> SIZES = List.of(
            new Sizes(16, 1, 32),
            new Sizes(16, 112, 33),
            new Sizes(31, 113, 70),
            new Sizes(32, 240, 128),
            new Sizes(48, 47, 1030),
            new Sizes(64, 300, 1024));

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    private static Tensor transposed(Tensor matrix) {
        int rows = matrix.shape().size(0);
        int columns = matrix.shape().size(1);
        float[] from = matrix.floats();
        float[] to = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            to[i % columns * rows + i / columns] = from[i];
        }
        return Tensor.of(to, columns, rows);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void sumsInDouble(Cpu.Way way) {
        for (Sizes s : SIZES) {
            Tensor a = Cpu.random(1, s.m, s.k);
            Tensor b = Cpu.random(2, s.n, s.k);
            double[] expected = new double[s.m * s.n];
            for (int i = 0; i < expected.length; i++) {
                for (int k = 0; k < s.k; k++) {
                    expected[i] += (double) a.floats()[i / s.n * s.k + k] * b.floats()[i % s.n * s.k + k];
                }
            }
            Tensor y = Cpu.op(way, 2, new MatMul(false, true), a, b).getFirst();
            Cpu.assertClose(expected, y, 4 * s.k * Math.ulp(1f));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void hasTheBitsOfTheProductThatIsNotTurned(Cpu.Way way) {
        for (Sizes s : SIZES) {
            Tensor a = Cpu.random(1, s.m, s.k);
            Tensor b = Cpu.random(2, s.n, s.k);
            float[] straight = Cpu.op(way, 1, new MatMul(false, false), a, transposed(b))
                    .getFirst()
                    .floats();
            for (int threads = 1; threads <= 3; threads++) {
                Tensor turned =
                        Cpu.op(way, threads, new MatMul(false, true), a, b).getFirst();
                assertArrayEquals(straight, turned.floats(), s + " on " + threads);
            }
        }
    }
}
