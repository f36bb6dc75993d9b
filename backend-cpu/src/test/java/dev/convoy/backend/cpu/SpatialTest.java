package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphException;
import dev.convoy.graph.Layout;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.AvgPoolGrad;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.SpatialOp.MaxPoolGrad;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pooling against loops in double. */
class SpatialTest {

    private static final int N = 2;
    private static final int H = 7;
    private static final int W = 11;

    private static final List<Window> WINDOWS = List.of(
            Window.of(2, 2).withStrides(2, 2),
            Window.of(3, 3).withStrides(2, 1).withPads(List.of(1, 0), List.of(1, 2)),
            Window.of(3, 2).withDilations(1, 2).withPads(1, 1),
            Window.of(7, 11));

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    /** One window of one channel. */
    private interface Visitor {
        /**
         * @param inside flat positions of its elements in the data, channels included
         * @param padded how many elements lie in the padded data
         */
        void visit(int output, List<Integer> inside, int padded);
    }

    private static void visit(Window window, int c, boolean ceil, Visitor visitor) {
        int oh = window.outputSize(0, H, ceil);
        int ow = window.outputSize(1, W, ceil);
        for (int i = 0; i < N * oh * ow * c; i++) {
            int channel = i % c;
            int q = i / c % ow;
            int p = i / c / ow % oh;
            int n = i / c / ow / oh;
            List<Integer> inside = new ArrayList<>();
            int padded = 0;
            for (int u = 0; u < window.size().get(0); u++) {
                for (int v = 0; v < window.size().get(1); v++) {
                    int y = p * window.strides().get(0)
                            - window.padsBegin().get(0)
                            + u * window.dilations().get(0);
                    int x = q * window.strides().get(1)
                            - window.padsBegin().get(1)
                            + v * window.dilations().get(1);
                    if (y >= 0 && y < H && x >= 0 && x < W) {
                        inside.add(((n * H + y) * W + x) * c + channel);
                    }
                    if (y < H + window.padsEnd().get(0)
                            && x < W + window.padsEnd().get(1)) {
                        padded++;
                    }
                }
            }
            visitor.visit(i, inside, padded);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void maxPool(Cpu.Way way) {
        for (Window window : WINDOWS) {
            for (int c : new int[] {1, 5, 8, 16, 21}) {
                for (boolean ceil : new boolean[] {false, true}) {
                    // Few different numbers, so that there are ties.
                    Tensor x = Tensor.full(Cpu.random(1, N, H, W, c).spec(), 0);
                    for (int i = 0; i < x.size(); i++) {
                        x.floats()[i] = i * 7919 % 5 - 2;
                    }
                    MaxPool op = new MaxPool(window, ceil, Layout.CHANNELS_LAST);
                    List<Tensor> results = Cpu.op(way, 2, op, x);
                    GraphBuilder g = new GraphBuilder();
                    Value input = g.input("x", x.spec());
                    g.output("y", g.add(op, input));
                    Tensor valuesAlone =
                            Cpu.run(way, 2, g.build(), Map.of("x", x)).get("y");
                    assertEquals(results.getFirst(), valuesAlone);
                    visit(window, c, ceil, (output, inside, padded) -> {
                        int best = inside.getFirst();
                        for (int at : inside) {
                            best = x.floats()[at] > x.floats()[best] ? at : best;
                        }
                        assertEquals(x.floats()[best], results.get(0).floats()[output]);
                        assertEquals(best / c % (H * W), results.get(1).longs()[output]);
                    });
                }
            }
        }
    }

    @Test
    void maxPoolOfIntegers() {
        Tensor x = Tensor.of(new int[] {Integer.MIN_VALUE, -5, -7, Integer.MIN_VALUE}, 1, 4, 1);
        Window window = Window.of(2).withStrides(2);
        List<Tensor> y = Cpu.op(new MaxPool(window, false, Layout.CHANNELS_LAST), x);
        assertArrayEquals(new int[] {-5, -7}, y.get(0).ints());
        assertArrayEquals(new long[] {1, 2}, y.get(1).longs());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void avgPoolAndItsGradient(Cpu.Way way) {
        for (Window window : WINDOWS) {
            for (int c : new int[] {1, 5, 16, 21}) {
                for (AvgPool op : List.of(
                        new AvgPool(window, false, false, 0, Layout.CHANNELS_LAST),
                        new AvgPool(window, true, true, 0, Layout.CHANNELS_LAST),
                        new AvgPool(window, true, false, 3, Layout.CHANNELS_LAST))) {
                    Tensor x = Cpu.random(1, N, H, W, c);
                    Tensor y = Cpu.op(way, 2, op, x).getFirst();
                    Tensor dy = Cpu.random(2, y.shape().sizes());
                    Tensor dx = Cpu.op(way, 2, new AvgPoolGrad(op, List.of(H, W)), dy)
                            .getFirst();
                    double[] mean = new double[y.size()];
                    double[] gradient = new double[x.size()];
                    visit(window, c, op.ceilMode(), (output, inside, padded) -> {
                        double count = op.divisorOverride() > 0
                                ? op.divisorOverride()
                                : op.countIncludePad() ? padded : inside.size();
                        for (int at : inside) {
                            mean[output] += x.floats()[at] / count;
                            gradient[at] += dy.floats()[output] / count;
                        }
                    });
                    Cpu.assertClose(mean, y, 1e-5);
                    Cpu.assertClose(gradient, dx, 1e-5);
                }
            }
        }
    }

    @Test
    void maxPoolGradientAddsWhereTheIndicesPoint() {
        int c = 70;
        Tensor dy = Cpu.random(1, 2, 3, c);
        long[] places = new long[dy.size()];
        double[] expected = new double[2 * 4 * c];
        for (int i = 0; i < places.length; i++) {
            places[i] = i * 31 % 4;
            expected[(i / (3 * c) * 4 + (int) places[i]) * c + i % c] += dy.floats()[i];
        }
        Tensor indices = Tensor.of(places, 2, 3, c);
        MaxPoolGrad op = new MaxPoolGrad(Layout.CHANNELS_LAST, List.of(4));
        Cpu.assertClose(expected, Cpu.op(op, dy, indices).getFirst(), 1e-6);
        places[5] = 4;
        GraphException e = assertThrows(GraphException.class, () -> Cpu.op(op, dy, Tensor.of(places, 2, 3, c)));
        assertEquals("max_pool_grad.C3", e.rule());
        assertTrue(String.valueOf(e.getMessage()).contains("expected 0 <= index < 4, got 4"), e.getMessage());
    }

    @Test
    void poolsOneAndThreeSpatialAxes() {
        Tensor line = Tensor.of(new float[] {1, 5, 2, 4}, 1, 4, 1);
        Window pairs = Window.of(2);
        assertArrayEquals(
                new float[] {5, 5, 4},
                Cpu.op(new MaxPool(pairs, false, Layout.CHANNELS_LAST), line)
                        .getFirst()
                        .floats());
        float[] cube = new float[27];
        for (int i = 0; i < cube.length; i++) {
            cube[i] = i;
        }
        Tensor y = Cpu.op(
                        new AvgPool(Window.of(2, 2, 2), false, false, 0, Layout.CHANNELS_LAST),
                        Tensor.of(cube, 1, 3, 3, 3, 1))
                .getFirst();
        // The mean of the eight corners of a cube that begins at 0: (0+1+3+4+9+10+12+13) / 8.
        assertArrayEquals(new float[] {6.5f, 7.5f, 9.5f, 10.5f, 15.5f, 16.5f, 18.5f, 19.5f}, y.floats());
        assertEquals(DataType.FLOAT32, y.type());
    }
}
