package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ElementwiseOp.Binary;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pointwise convolutions, whose pixels are rows that need no packing, against plain loops in double. What some of them add
 * is needed by nobody else, so they may write over it.
 */
class LyingRowsTest {

    /** A layer on images of one row, with ReLU6 and a shortcut or not. */
    record Layer(int pixels, int cin, int groups, int cout, boolean adds) {

        Tensor images() {
            return Cpu.random(1, 1, 1, pixels, cin);
        }

        Tensor weights() {
            return Cpu.random(2, 1, 1, cin / groups, cout);
        }

        Tensor bias() {
            return Cpu.random(3, cout);
        }

        Tensor shortcut() {
            return Cpu.random(4, 1, 1, pixels, cout);
        }
    }

    /** Whole tiles and parts of them, both ways of reading rows, panels of every width. */
    static List<Layer> layers() {
        return List.of(
                new Layer(13, 5, 1, 3, false),
                new Layer(14, 1, 1, 16, false),
                new Layer(28, 16, 1, 17, true),
                new Layer(49, 40, 1, 32, false),
                new Layer(31, 33, 1, 70, true),
                new Layer(56, 12, 2, 48, false),
                new Layer(14, 1023, 1, 33, false),
                new Layer(15, 1024, 1, 33, true),
                new Layer(45, 1024, 1, 64, true),
                new Layer(14, 1030, 1, 32, true),
                new Layer(45, 1500, 1, 33, true),
                new Layer(32, 4000, 1, 128, false),
                new Layer(300, 2100, 1, 20, false),
                new Layer(14, 4100, 1, 32, true),
                new Layer(500, 20, 1, 112, true),
                new Layer(14, 1030, 1, 20, false),
                new Layer(300, 24, 1, 96, false));
    }

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    private static double[] expected(Layer l) {
        float[] x = l.images().floats();
        float[] w = l.weights().floats();
        float[] bias = l.bias().floats();
        float[] shortcut = l.shortcut().floats();
        int inputs = l.cin() / l.groups();
        double[] y = new double[l.pixels() * l.cout()];
        for (int i = 0; i < y.length; i++) {
            int o = i % l.cout();
            int first = i / l.cout() * l.cin() + o / (l.cout() / l.groups()) * inputs;
            y[i] = bias[o] - (l.adds() ? shortcut[i] : 0);
            for (int k = 0; k < inputs; k++) {
                y[i] += (double) x[first + k] * w[k * l.cout() + o];
            }
            y[i] = Math.clamp(y[i], 0, 6);
        }
        return y;
    }

    private static Tensor run(Cpu.Way way, int threads, Layer l) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", l.images().spec());
        Value shortcut = g.input("shortcut", l.shortcut().spec());
        Convolution op = new Convolution(Window.of(1, 1), l.groups(), Layout.CHANNELS_LAST);
        Value y = g.add(g.add(op, x, g.constant(l.weights())), g.constant(l.bias()));
        if (l.adds()) {
            y = g.add(y, g.unary(UnaryFn.NEG, shortcut));
        }
        y = g.add(new Binary(BinaryFn.MIN), g.add(new Unary(UnaryFn.RELU), y), g.constant(Tensor.of(new float[] {6})));
        g.output("y", y);
        return Cpu.run(way, threads, g.build(), Map.of("x", l.images(), "shortcut", l.shortcut()))
                .get("y");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void convolvesPixelsAsPlainLoopsDo(Cpu.Way way) {
        for (Layer l : layers()) {
            Cpu.assertClose(expected(l), run(way, 2, l), 2e-4);
        }
    }

    @Test
    void allThreadsAndVectorsGiveTheSameBits() {
        Cpu.Way last = Cpu.ways().getLast();
        Cpu.Way other = last.kernel().name().contains("Vector") ? last : Cpu.SCALAR;
        for (Layer l : layers()) {
            float[] expected = run(Cpu.SCALAR, 1, l).floats();
            assertArrayEquals(expected, run(other, 1, l).floats());
            assertArrayEquals(expected, run(other, 3, l).floats());
        }
    }
}
