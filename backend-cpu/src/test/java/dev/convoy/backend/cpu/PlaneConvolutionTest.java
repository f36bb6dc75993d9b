package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.backend.cpu.kernel.Epilogue;
import dev.convoy.backend.cpu.kernel.PlaneConvolution;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ElementwiseOp.Binary;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.spi.interpret.FusionRule;
import dev.convoy.spi.interpret.Schedule;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions with few channels, against plain loops in double. */
class PlaneConvolutionTest {

    private static final int BATCH = 3;

    /** A layer: square kernel, stride, dilation and padding before and behind. */
    record Layer(
            int height, int width, int cin, int cout, int kernel, int stride, int dilation, int before, int behind) {

        Window window() {
            return Window.of(kernel, kernel)
                    .withStrides(stride, stride)
                    .withDilations(dilation, dilation)
                    .withPads(List.of(before, before), List.of(behind, behind));
        }

        Convolution op() {
            return new Convolution(window(), 1, Layout.CHANNELS_LAST);
        }

        Tensor images() {
            return Cpu.random(1, BATCH, height, width, cin);
        }

        Tensor weights() {
            return Cpu.random(2, kernel, kernel, cin, cout);
        }

        Tensor bias() {
            return Cpu.random(3, cout);
        }

        int out(int size) {
            return (size + before + behind - (kernel - 1) * dilation - 1) / stride + 1;
        }

        int[] resultSizes() {
            return new int[] {BATCH, out(height), out(width), cout};
        }

        /** Where tap k of window i lies, or -1 in the padding. */
        int position(int i, int k, int size) {
            int at = i * stride - before + k * dilation;
            return at >= 0 && at < size ? at : -1;
        }
    }

    static List<Layer> layers() {
        return List.of(
                new Layer(28, 28, 1, 16, 3, 1, 1, 1, 1),
                new Layer(32, 32, 1, 6, 5, 1, 1, 0, 0),
                new Layer(14, 14, 6, 16, 5, 1, 1, 0, 0),
                new Layer(13, 17, 3, 24, 3, 2, 1, 0, 1),
                new Layer(12, 11, 2, 32, 3, 1, 2, 2, 2),
                new Layer(15, 15, 1, 3, 2, 3, 2, 1, 0),
                new Layer(9, 40, 3, 70, 3, 1, 1, 1, 1),
                new Layer(8, 12, 4, 5, 1, 2, 1, 0, 0),
                new Layer(5, 5, 1, 8, 7, 1, 1, 3, 3),
                new Layer(21, 34, 3, 64, 7, 2, 1, 3, 3),
                new Layer(9, 25, 3, 41, 3, 2, 1, 0, 1),
                new Layer(7, 30, 6, 48, 5, 1, 1, 2, 2),
                new Layer(11, 27, 2, 20, 3, 1, 1, 1, 1),
                new Layer(10, 15, 1, 19, 5, 1, 1, 2, 2),
                new Layer(7, 6, 2, 16, 3, 1, 1, 1, 1),
                new Layer(9, 26, 1, 8, 3, 1, 1, 1, 1),
                new Layer(8, 47, 3, 5, 3, 1, 1, 1, 0),
                new Layer(6, 30, 2, 2, 2, 1, 1, 0, 0),
                new Layer(10, 33, 1, 7, 4, 1, 1, 2, 1),
                new Layer(9, 35, 4, 16, 3, 2, 1, 1, 1));
    }

    /** {@code bias + Σ x · w}. */
    private static double[] convolved(Layer l, float[] bias) {
        float[] x = l.images().floats();
        float[] w = l.weights().floats();
        int high = l.out(l.height());
        int wide = l.out(l.width());
        double[] y = new double[BATCH * high * wide * l.cout()];
        for (int i = 0; i < y.length; i++) {
            int o = i % l.cout();
            int column = i / l.cout() % wide;
            int row = i / l.cout() / wide % high;
            int n = i / l.cout() / wide / high;
            y[i] = bias[o];
            for (int k = 0; k < l.kernel() * l.kernel(); k++) {
                int r = l.position(row, k / l.kernel(), l.height());
                int s = l.position(column, k % l.kernel(), l.width());
                for (int c = 0; c < l.cin() && r >= 0 && s >= 0; c++) {
                    double weight = w[(k * l.cin() + c) * l.cout() + o];
                    y[i] += x[((n * l.height() + r) * l.width() + s) * l.cin() + c] * weight;
                }
            }
        }
        return y;
    }

    private static double[] pooled(double[] x, int high, int wide, int channels, int size, int stride) {
        int rows = (high - size) / stride + 1;
        int columns = (wide - size) / stride + 1;
        double[] y = new double[BATCH * rows * columns * channels];
        for (int i = 0; i < y.length; i++) {
            int column = i / channels % columns;
            int row = i / channels / columns % rows;
            int n = i / channels / columns / rows;
            y[i] = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < size * size; k++) {
                int at = (n * high + row * stride + k / size) * wide + column * stride + k % size;
                y[i] = Math.max(y[i], x[at * channels + i % channels]);
            }
        }
        return y;
    }

    private static Graph graph(Layer l, boolean constant, int pool, int poolStride, boolean keepIndices) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", l.images().spec());
        Value w = constant ? g.constant(l.weights()) : g.input("w", l.weights().spec());
        Value y = g.add(g.add(l.op(), x, w), g.constant(l.bias()));
        if (pool > 0) {
            Window window = Window.of(pool, pool).withStrides(poolStride, poolStride);
            List<Value> results = g.add(new MaxPool(window, false, Layout.CHANNELS_LAST), List.of(y));
            y = results.getFirst();
            if (keepIndices) {
                g.output("indices", results.get(1));
            }
        }
        g.output("y", y);
        return g.build();
    }

    private static Tensor run(Cpu.Way way, int threads, Layer l, boolean constant, int pool, int poolStride) {
        Map<String, Tensor> inputs = constant ? Map.of("x", l.images()) : Map.of("x", l.images(), "w", l.weights());
        return Cpu.run(way, threads, graph(l, constant, pool, poolStride, false), inputs)
                .get("y");
    }

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void convolvesAsPlainLoopsDo(Cpu.Way way) {
        for (Layer l : layers()) {
            double[] expected = convolved(l, l.bias().floats());
            for (boolean constant : new boolean[] {true, false}) {
                Cpu.assertClose(expected, run(way, 1, l, constant, 0, 0), 1e-5 * l.kernel() * l.kernel());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void poolsTheRowsItConvolved(Cpu.Way way) {
        for (Layer l : layers()) {
            int high = l.out(l.height());
            int wide = l.out(l.width());
            for (int[] pool : new int[][] {{2, 2}, {2, 3}, {3, 3}}) {
                if (pool[0] > Math.min(high, wide)) {
                    continue;
                }
                double[] sums = convolved(l, l.bias().floats());
                double[] expected = pooled(sums, high, wide, l.cout(), pool[0], pool[1]);
                Cpu.assertClose(expected, run(way, 2, l, true, pool[0], pool[1]), 1e-5 * l.kernel() * l.kernel());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void boundsWhatItPooled(Cpu.Way way) {
        float most = 0.25f;
        for (Layer l : layers()) {
            GraphBuilder g = new GraphBuilder();
            Value x = g.input("x", l.images().spec());
            Value sum = g.add(g.add(l.op(), x, g.constant(l.weights())), g.constant(l.bias()));
            Value positive = g.add(new Unary(UnaryFn.RELU), sum);
            Value bounded = g.add(new Binary(BinaryFn.MIN), positive, g.constant(Tensor.scalar(most)));
            MaxPool pool = new MaxPool(Window.of(2, 2).withStrides(2, 2), false, Layout.CHANNELS_LAST);
            g.output("y", g.add(pool, List.of(bounded)).getFirst());
            double[] expected =
                    pooled(convolved(l, l.bias().floats()), l.out(l.height()), l.out(l.width()), l.cout(), 2, 2);
            expected = Arrays.stream(expected).map(v -> Math.clamp(v, 0, most)).toArray();
            Tensor actual = Cpu.run(way, 1, g.build(), Map.of("x", l.images())).get("y");
            Cpu.assertClose(expected, actual, 1e-5 * l.kernel() * l.kernel());
        }
    }

    @Test
    void allThreadsAndVectorsGiveTheSameBits() {
        for (Layer l : layers()) {
            for (int pool : new int[] {0, 2}) {
                float[] expected = run(Cpu.SCALAR, 1, l, true, pool, 2).floats();
                Cpu.Way last = Cpu.ways().getLast();
                if (last.kernel().name().contains("Vector")) {
                    assertArrayEquals(expected, run(last, 1, l, true, pool, 2).floats());
                    assertArrayEquals(expected, run(last, 3, l, true, pool, 2).floats());
                }
                assertArrayEquals(expected, run(Cpu.SCALAR, 3, l, true, pool, 2).floats());
            }
        }
    }

    private static int steps(Graph graph) {
        List<FusionRule> rules = List.of(PlaneConvolution::match, Epilogue::match);
        return Schedule.of(graph, rules).steps().size();
    }

    @Test
    void aPoolingJoinsUnlessItsIndicesAreUsedOrItsRowsOverlap() {
        Layer narrow = layers().getFirst();
        assertEquals(1, steps(graph(narrow, true, 2, 2, false)), "halved");
        assertEquals(2, steps(graph(narrow, true, 2, 2, true)), "indices are used");
        assertEquals(2, steps(graph(narrow, true, 3, 2, false)), "rows overlap");
        Layer wide = new Layer(8, 8, 64, 64, 3, 1, 1, 1, 1);
        assertEquals(2, steps(graph(wide, true, 2, 2, false)), "a layer for matrices");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theGradientOfTheKernelSumsOverWindows(Cpu.Way way) {
        for (Layer l : layers()) {
            Tensor dy = Cpu.random(4, l.resultSizes());
            double[] expected = new double[l.weights().size()];
            float[] x = l.images().floats();
            for (int i = 0; i < dy.size(); i++) {
                int column = i / l.cout() % l.out(l.width());
                int row = i / l.cout() / l.out(l.width()) % l.out(l.height());
                int n = i / l.cout() / l.out(l.width()) / l.out(l.height());
                for (int k = 0; k < l.kernel() * l.kernel(); k++) {
                    int r = l.position(row, k / l.kernel(), l.height());
                    int s = l.position(column, k % l.kernel(), l.width());
                    for (int c = 0; c < l.cin() && r >= 0 && s >= 0; c++) {
                        double element = x[((n * l.height() + r) * l.width() + s) * l.cin() + c];
                        expected[(k * l.cin() + c) * l.cout() + i % l.cout()] += element * dy.floats()[i];
                    }
                }
            }
            Tensor dw = Cpu.op(way, 2, new ConvFilterGrad(l.window(), 1, Layout.CHANNELS_LAST), l.images(), dy)
                    .getFirst();
            Cpu.assertClose(expected, dw, 1e-3);
        }
    }
}
