package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contractions against loops in double, on every kind of micro-kernel. */
class ContractionTest {

    private static final double EPSILON = Math.ulp(1f);

    private static final int[] SIZES = {1, 4, 6, 13, 17, 33, 207};

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    private static double tolerance(int k) {
        return 4 * Math.sqrt(k) * EPSILON * Math.sqrt(k);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void matMulOfAllSizes(Cpu.Way way) {
        for (int m : SIZES) {
            for (int n : SIZES) {
                for (int k : new int[] {1, 5, m + n < 300 ? 500 : 50}) {
                    Tensor a = Cpu.random(1, m, k);
                    Tensor b = Cpu.random(2, k, n);
                    Tensor y = Cpu.op(way, 2, new MatMul(false, false), a, b).getFirst();
                    Cpu.assertClose(product(a.floats(), b.floats(), m, n, k, k, 1, n, 1), y, tolerance(k));
                }
            }
        }
    }

    /** Products that are cut into blocks of tiles, for two threads and for three: 58 tiles, or 199 with 4 rows each. */
    @ParameterizedTest
    @MethodSource("ways")
    void matMulOfManyRows(Cpu.Way way) {
        int m = 14 * 56 + 9;
        int n = 37;
        int k = 43;
        Tensor a = Cpu.random(1, m, k);
        Tensor b = Cpu.random(2, k, n);
        double[] expected = product(a.floats(), b.floats(), m, n, k, k, 1, n, 1);
        for (int threads : new int[] {2, 3}) {
            Cpu.assertClose(
                    expected,
                    Cpu.op(way, threads, new MatMul(false, false), a, b).getFirst(),
                    tolerance(k));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void matMulTransposed(Cpu.Way way) {
        int m = 19;
        int n = 37;
        int k = 23;
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                Tensor a = transposeA ? Cpu.random(1, k, m) : Cpu.random(1, m, k);
                Tensor b = transposeB ? Cpu.random(2, n, k) : Cpu.random(2, k, n);
                double[] expected = product(
                        a.floats(),
                        b.floats(),
                        m,
                        n,
                        k,
                        transposeA ? 1 : k,
                        transposeA ? m : 1,
                        transposeB ? 1 : n,
                        transposeB ? k : 1);
                Tensor y =
                        Cpu.op(way, 2, new MatMul(transposeA, transposeB), a, b).getFirst();
                Cpu.assertClose(expected, y, tolerance(k));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void matMulBroadcastsOuterAxes(Cpu.Way way) {
        int m = 3;
        int n = 5;
        int k = 4;
        Tensor a = Cpu.random(1, 2, 1, m, k);
        Tensor b = Cpu.random(2, 3, k, n);
        Tensor y = Cpu.op(way, 2, new MatMul(false, false), a, b).getFirst();
        assertEquals("[2, 3, 3, 5]", y.shape().toString());
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                float[] left = Arrays.copyOfRange(a.floats(), i * m * k, (i + 1) * m * k);
                float[] right = Arrays.copyOfRange(b.floats(), j * k * n, (j + 1) * k * n);
                float[] part = Arrays.copyOfRange(y.floats(), (i * 3 + j) * m * n, (i * 3 + j + 1) * m * n);
                Cpu.assertClose(product(left, right, m, n, k, k, 1, n, 1), Tensor.of(part, m, n), tolerance(k));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void matMulOverNothingIsZero(Cpu.Way way) {
        Tensor y = Cpu.op(way, 2, new MatMul(false, false), Cpu.random(1, 2, 0), Cpu.random(2, 0, 3))
                .getFirst();
        assertArrayEquals(new float[6], y.floats());
    }

    private static double[] product(float[] a, float[] b, int m, int n, int k, int ar, int ak, int bk, int bc) {
        double[] y = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < k; l++) {
                    y[i * n + j] += (double) a[i * ar + l * ak] * b[l * bk + j * bc];
                }
            }
        }
        return y;
    }

    /** A convolution in two spatial axes, visited product by product. */
    private record Case(int n, int h, int w, int cin, int cout, int groups, Window window) {

        interface Visitor {
            void visit(int x, int kernel, int y);
        }

        int oh() {
            return window.outputSize(0, h, false);
        }

        int ow() {
            return window.outputSize(1, w, false);
        }

        int[] xSizes() {
            return new int[] {n, h, w, cin};
        }

        int[] wSizes() {
            return new int[] {window.size().get(0), window.size().get(1), cin / groups, cout};
        }

        int[] ySizes() {
            return new int[] {n, oh(), ow(), cout};
        }

        void visit(Visitor visitor) {
            int perGroup = cin / groups;
            for (int i = 0; i < n; i++) {
                for (int p = 0; p < oh(); p++) {
                    for (int q = 0; q < ow(); q++) {
                        for (int u = 0; u < window.size().get(0); u++) {
                            for (int v = 0; v < window.size().get(1); v++) {
                                int y = p * window.strides().get(0)
                                        - window.padsBegin().get(0)
                                        + u * window.dilations().get(0);
                                int x = q * window.strides().get(1)
                                        - window.padsBegin().get(1)
                                        + v * window.dilations().get(1);
                                if (y < 0 || y >= h || x < 0 || x >= w) {
                                    continue;
                                }
                                for (int c = 0; c < perGroup; c++) {
                                    for (int o = 0; o < cout; o++) {
                                        int group = o / (cout / groups);
                                        visitor.visit(
                                                ((i * h + y) * w + x) * cin + group * perGroup + c,
                                                ((u * window.size().get(1) + v) * perGroup + c) * cout + o,
                                                ((i * oh() + p) * ow() + q) * cout + o);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(1, 5, 5, 1, 1, 1, Window.of(3, 3)),
            new Case(2, 7, 6, 3, 5, 1, Window.of(3, 2).withPads(List.of(1, 0), List.of(2, 1))),
            new Case(1, 9, 8, 4, 33, 1, Window.of(3, 3).withStrides(2, 3).withPads(1, 1)),
            new Case(2, 11, 10, 3, 17, 1, Window.of(3, 3).withDilations(2, 3).withPads(2, 2)),
            new Case(1, 15, 15, 40, 48, 1, Window.of(3, 3).withPads(1, 1)),
            new Case(3, 14, 14, 20, 207, 1, Window.of(1, 1)),
            new Case(2, 6, 6, 4, 6, 1, Window.of(1, 1).withStrides(2, 2)),
            new Case(2, 8, 8, 6, 9, 3, Window.of(3, 3).withPads(1, 1)),
            new Case(2, 8, 9, 13, 13, 13, Window.of(3, 3).withPads(1, 1)),
            new Case(1, 20, 20, 35, 35, 35, Window.of(3, 3).withStrides(2, 2).withPads(List.of(0, 0), List.of(1, 1))),
            new Case(2, 5, 5, 4, 12, 4, Window.of(3, 3).withPads(1, 1)),
            new Case(1, 8, 8, 16, 16, 16, Window.of(5, 5).withPads(2, 2).withDilations(1, 2)),
            new Case(1, 3, 70, 2, 3, 1, Window.of(1, 7).withPads(0, 3)),
            new Case(2, 9, 8, 1, 16, 1, Window.of(3, 3).withPads(1, 1)),
            new Case(3, 10, 9, 3, 32, 1, Window.of(3, 3).withPads(1, 1)),
            new Case(2, 9, 9, 1, 16, 1, Window.of(5, 5)),
            new Case(4, 24, 25, 17, 18, 1, Window.of(3, 3).withPads(1, 1)),
            new Case(5, 30, 30, 6, 7, 1, Window.of(5, 5)),
            new Case(9, 16, 16, 4, 6, 2, Window.of(3, 3).withPads(1, 1)));

    @ParameterizedTest
    @MethodSource("ways")
    void convolution(Cpu.Way way) {
        for (Case c : CASES) {
            Tensor x = Cpu.random(1, c.xSizes());
            Tensor w = Cpu.random(2, c.wSizes());
            Tensor y = Cpu.op(way, 2, new Convolution(c.window(), c.groups(), Layout.CHANNELS_LAST), x, w)
                    .getFirst();
            double[] expected = new double[y.size()];
            c.visit((i, j, k) -> expected[k] += (double) x.floats()[i] * w.floats()[j]);
            Cpu.assertClose(expected, y, tolerance(w.size() / c.cout()));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void gradientOfTheData(Cpu.Way way) {
        for (Case c : CASES) {
            Tensor dy = Cpu.random(1, c.ySizes());
            Tensor w = Cpu.random(2, c.wSizes());
            var op = new ConvInputGrad(c.window(), c.groups(), Layout.CHANNELS_LAST, List.of(c.h(), c.w()));
            Tensor dx = Cpu.op(way, 2, op, dy, w).getFirst();
            double[] expected = new double[dx.size()];
            c.visit((i, j, k) -> expected[i] += (double) dy.floats()[k] * w.floats()[j]);
            Cpu.assertClose(expected, dx, tolerance(w.size() / c.cin()));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void gradientOfTheKernel(Cpu.Way way) {
        for (Case c : CASES) {
            Tensor x = Cpu.random(1, c.xSizes());
            Tensor dy = Cpu.random(2, c.ySizes());
            var op = new ConvFilterGrad(c.window(), c.groups(), Layout.CHANNELS_LAST);
            Tensor dw = Cpu.op(way, 2, op, x, dy).getFirst();
            double[] expected = new double[dw.size()];
            c.visit((i, j, k) -> expected[j] += (double) x.floats()[i] * dy.floats()[k]);
            Cpu.assertClose(expected, dw, tolerance(c.n() * c.oh() * c.ow()));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void integersAreExactModuloTwoToThe32(Cpu.Way way) {
        for (Case c : CASES) {
            Tensor x = Cpu.randomInts(1, Integer.MAX_VALUE, c.xSizes());
            Tensor w = Cpu.randomInts(2, Integer.MAX_VALUE, c.wSizes());
            Tensor y = Cpu.op(way, 2, new Convolution(c.window(), c.groups(), Layout.CHANNELS_LAST), x, w)
                    .getFirst();
            int[] expected = new int[y.size()];
            c.visit((i, j, k) -> expected[k] += x.ints()[i] * w.ints()[j]);
            assertArrayEquals(expected, y.ints());
        }
        Tensor a = Cpu.randomInts(1, Integer.MAX_VALUE, 5, 7);
        Tensor b = Cpu.randomInts(2, Integer.MAX_VALUE, 3, 7);
        int[] expected = new int[15];
        for (int i = 0; i < 5 * 3 * 7; i++) {
            expected[i / 7] += a.ints()[i / 21 * 7 + i % 7] * b.ints()[i / 7 % 3 * 7 + i % 7];
        }
        assertArrayEquals(
                expected,
                Cpu.op(way, 2, new MatMul(false, true), a, b).getFirst().ints());
    }
}
