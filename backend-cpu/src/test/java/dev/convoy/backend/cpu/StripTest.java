package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.convoy.graph.BinaryFn;
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
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Depthwise convolution and max pooling whose windows have three columns, against plain loops in double. */
class StripTest {

    private static final int BATCH = 2;

    /**
     * A layer with windows three columns wide.
     *
     * @param rows of a window
     * @param rowDilation of the rows alone
     * @param before padding above and on the left
     * @param behind padding below and on the right
     */
    record Layer(int height, int width, int channels, int rows, int stride, int rowDilation, int before, int behind) {

        Window window() {
            return Window.of(rows, 3)
                    .withStrides(stride, stride)
                    .withDilations(rowDilation, 1)
                    .withPads(List.of(before, before), List.of(behind, behind));
        }

        Tensor images() {
            return Cpu.random(1, BATCH, height, width, channels);
        }

        Tensor weights() {
            return Cpu.random(2, rows, 3, 1, channels);
        }

        Tensor bias() {
            return Cpu.random(3, channels);
        }

        int high() {
            return (height + before + behind - (rows - 1) * rowDilation - 1) / stride + 1;
        }

        int wide() {
            return (width + before + behind - 3) / stride + 1;
        }
    }

    /** Fewer channels than a vector has, whole vectors and parts of them, and what the edges make of windows. */
    static List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int channels : new int[] {1, 2, 3, 7, 8, 11, 15, 16, 17, 24, 31, 32, 33, 47, 70}) {
            layers.add(new Layer(5, 7 + channels % 9, channels, 3, 1, 1, 1, 1));
            layers.add(new Layer(6, 13 + channels % 9, channels, 3, 2, 1, channels % 2, 1));
        }
        layers.add(new Layer(14, 14, 48, 3, 1, 1, 1, 1));
        layers.add(new Layer(9, 9, 17, 3, 1, 1, 0, 0));
        layers.add(new Layer(9, 8, 16, 3, 1, 1, 1, 0));
        layers.add(new Layer(9, 20, 33, 3, 2, 1, 0, 0));
        layers.add(new Layer(11, 10, 20, 3, 1, 2, 1, 1));
        layers.add(new Layer(8, 9, 5, 2, 1, 1, 1, 1));
        layers.add(new Layer(8, 30, 40, 5, 2, 1, 1, 1));
        layers.add(new Layer(40, 30, 32, 3, 1, 1, 1, 1));
        return layers;
    }

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    /** What becomes of the elements of a window that lie in the data. */
    @FunctionalInterface
    private interface Fold {
        double add(double sum, double element, int tap, int channel);
    }

    private static double[] folded(Layer l, double first, Fold fold) {
        float[] x = l.images().floats();
        double[] y = new double[BATCH * l.high() * l.wide() * l.channels()];
        for (int i = 0; i < y.length; i++) {
            int c = i % l.channels();
            int left = i / l.channels() % l.wide() * l.stride() - l.before();
            int top = i / l.channels() / l.wide() % l.high() * l.stride() - l.before();
            int n = i / l.channels() / l.wide() / l.high();
            y[i] = first;
            for (int tap = 0; tap < l.rows() * 3; tap++) {
                int row = top + tap / 3 * l.rowDilation();
                int column = left + tap % 3;
                if (row >= 0 && row < l.height() && column >= 0 && column < l.width()) {
                    double element = x[((n * l.height() + row) * l.width() + column) * l.channels() + c];
                    y[i] = fold.add(y[i], element, tap, c);
                }
            }
        }
        return y;
    }

    private static Tensor convolved(Cpu.Way way, int threads, Layer l, boolean constant, boolean finished) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", l.images().spec());
        Value w = constant ? g.constant(l.weights()) : g.input("w", l.weights().spec());
        Value y = g.add(new Convolution(l.window(), l.channels(), Layout.CHANNELS_LAST), x, w);
        if (finished) {
            y = g.add(new Unary(UnaryFn.RELU), g.add(y, g.constant(l.bias())));
            y = g.add(new Binary(BinaryFn.MIN), y, g.constant(Tensor.of(new float[] {1.5f})));
        }
        g.output("y", y);
        Graph graph = g.build();
        Map<String, Tensor> inputs = constant ? Map.of("x", l.images()) : Map.of("x", l.images(), "w", l.weights());
        return Cpu.run(way, threads, graph, inputs).get("y");
    }

    private static Tensor largest(Cpu.Way way, int threads, Layer l) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", l.images().spec());
        MaxPool op = new MaxPool(l.window(), false, Layout.CHANNELS_LAST);
        g.output("y", g.add(op, List.of(x)).getFirst());
        return Cpu.run(way, threads, g.build(), Map.of("x", l.images())).get("y");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void eachChannelIsConvolvedByItself(Cpu.Way way) {
        for (Layer l : layers()) {
            float[] w = l.weights().floats();
            double[] sums = folded(l, 0, (sum, element, tap, c) -> sum + element * w[tap * l.channels() + c]);
            Cpu.assertClose(sums, convolved(way, 1, l, true, false), 1e-5);
            Cpu.assertClose(sums, convolved(way, 2, l, false, false), 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void biasAndBoundsFollow(Cpu.Way way) {
        for (Layer l : layers()) {
            float[] w = l.weights().floats();
            float[] bias = l.bias().floats();
            double[] y = folded(l, 0, (sum, element, tap, c) -> sum + element * w[tap * l.channels() + c]);
            for (int i = 0; i < y.length; i++) {
                y[i] = Math.clamp(y[i] + bias[i % l.channels()], 0, 1.5);
            }
            Cpu.assertClose(y, convolved(way, 1, l, true, true), 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theLargestElementOfEachWindow(Cpu.Way way) {
        for (Layer l : layers()) {
            double[] y = folded(l, Double.NEGATIVE_INFINITY, (best, element, _, _) -> Math.max(best, element));
            Cpu.assertClose(y, largest(way, 2, l), 0);
        }
    }

    @Test
    void allThreadsAndVectorsGiveTheSameBits() {
        Cpu.Way last = Cpu.ways().getLast();
        Cpu.Way other = last.kernel().name().contains("Vector") ? last : Cpu.SCALAR;
        for (Layer l : layers()) {
            float[] sums = convolved(Cpu.SCALAR, 1, l, true, true).floats();
            assertArrayEquals(sums, convolved(other, 1, l, true, true).floats());
            assertArrayEquals(sums, convolved(other, 3, l, false, true).floats());
            assertArrayEquals(
                    largest(Cpu.SCALAR, 1, l).floats(), largest(other, 3, l).floats());
        }
    }
}
