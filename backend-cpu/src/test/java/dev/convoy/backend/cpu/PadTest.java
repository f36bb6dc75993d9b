package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Plan;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Zeros in front of windows that move by 2, as Keras' MobileNet and ResNet have them, against data that hold the zeros. */
class PadTest {

    private static final int BATCH = 2;
    private static final int SIDE = 14;

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    /** Pictures with rows and columns of zeros before and behind. */
    private static Tensor bordered(Tensor images, int channels, int before, int behind) {
        int side = SIDE + before + behind;
        float[] y = new float[BATCH * side * side * channels];
        for (int row = 0; row < BATCH * SIDE; row++) {
            int at = ((row / SIDE * side + row % SIDE + before) * side + before) * channels;
            System.arraycopy(images.floats(), row * SIDE * channels, y, at, SIDE * channels);
        }
        return Tensor.wrap(TensorSpec.float32(BATCH, side, side, channels), y);
    }

    private static Value pad(GraphBuilder g, Value x, int before, int behind) {
        List<Integer> first = List.of(0, before, before, 0);
        return g.add(new Pad(PadMode.CONSTANT, first, List.of(0, behind, behind, 0), 0), x);
    }

    /** Holds what a layer makes of padded pictures to what it makes of those that hold the zeros. */
    private static void assertSame(
            Cpu.Way way, int channels, int before, int behind, BiFunction<GraphBuilder, Value, Value> layer) {
        Tensor images = Cpu.random(1, BATCH, SIDE, SIDE, channels);
        GraphBuilder padding = new GraphBuilder();
        Value x = padding.input("x", images.spec());
        padding.output("y", layer.apply(padding, pad(padding, x, before, behind)));
        Graph padded = padding.build();
        GraphBuilder holding = new GraphBuilder();
        Tensor zeros = bordered(images, channels, before, behind);
        holding.output("y", layer.apply(holding, holding.input("x", zeros.spec())));
        float[] expected =
                Cpu.run(way, 1, holding.build(), Map.of("x", zeros)).get("y").floats();
        assertArrayEquals(
                expected, Cpu.run(way, 2, padded, Map.of("x", images)).get("y").floats(), 1e-5f);
        assertEquals(0, pads(padded));
    }

    private static long pads(Graph graph) {
        try (CpuBackend backend = Cpu.SCALAR.backend(1);
                var executable = Compilation.compile(backend, graph)) {
            return executable.plan().steps().stream()
                    .map(Plan.Step::ops)
                    .filter("Pad"::equals)
                    .count();
        }
    }

    private static Value convolution(GraphBuilder g, Value x, int size, int stride, int groups, int outputs) {
        int channels = x.shape().size(-1);
        Window window = Window.of(size, size).withStrides(stride, stride);
        Value w = g.constant(Cpu.random(2, size, size, channels / groups, outputs));
        Value y = g.add(new Convolution(window, groups, Layout.CHANNELS_LAST), x, w);
        return g.unary(UnaryFn.RELU, g.add(y, g.constant(Cpu.random(3, outputs))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void convolutions(Cpu.Way way) {
        for (int channels : new int[] {3, 24}) {
            assertSame(way, channels, 0, 1, (g, x) -> convolution(g, x, 3, 2, 1, 20));
            assertSame(way, channels, 3, 3, (g, x) -> convolution(g, x, 7, 2, 1, 16));
        }
        assertSame(way, 32, 1, 1, (g, x) -> convolution(g, x, 3, 1, 1, 32));
        assertSame(way, 24, 0, 1, (g, x) -> convolution(g, x, 3, 2, 3, 18));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void depthwiseConvolutions(Cpu.Way way) {
        for (int channels : new int[] {5, 32}) {
            assertSame(way, channels, 0, 1, (g, x) -> convolution(g, x, 3, 2, channels, channels));
            assertSame(way, channels, 1, 2, (g, x) -> convolution(g, x, 5, 2, channels, channels));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void maxPoolingOfRelu(Cpu.Way way) {
        Tensor images = Cpu.random(1, BATCH, SIDE, SIDE, 20);
        MaxPool op = new MaxPool(Window.of(3, 3).withStrides(2, 2), false, Layout.CHANNELS_LAST);
        GraphBuilder padding = new GraphBuilder();
        Value x = padding.unary(UnaryFn.RELU, padding.input("x", images.spec()));
        padding.output("y", padding.add(op, List.of(pad(padding, x, 1, 1))).getFirst());
        Graph padded = padding.build();
        GraphBuilder holding = new GraphBuilder();
        Tensor zeros = bordered(images, 20, 1, 1);
        Value relu = holding.unary(UnaryFn.RELU, holding.input("x", zeros.spec()));
        holding.output("y", holding.add(op, List.of(relu)).getFirst());
        assertArrayEquals(
                Cpu.run(way, 1, holding.build(), Map.of("x", zeros)).get("y").floats(),
                Cpu.run(way, 1, padded, Map.of("x", images)).get("y").floats());
        assertEquals(0, pads(padded));
    }

    /** The gradients of pictures that hold the zeros, without those of the zeros. */
    @ParameterizedTest
    @MethodSource("ways")
    void gradients(Cpu.Way way) {
        Tensor images = Cpu.random(1, BATCH, SIDE, SIDE, 6);
        Tensor kernel = Cpu.random(2, 3, 3, 6, 8);
        Map<String, Tensor> padded = gradients(way, images, kernel, true);
        Map<String, Tensor> held = gradients(way, bordered(images, 6, 0, 1), kernel, false);
        assertArrayEquals(held.get("dw").floats(), padded.get("dw").floats(), 1e-3f);
        float[] all = held.get("dx").floats();
        float[] inner = padded.get("dx").floats();
        for (int row = 0; row < BATCH * SIDE; row++) {
            int from = (row / SIDE * (SIDE + 1) + row % SIDE) * (SIDE + 1) * 6;
            float[] expected = Arrays.copyOfRange(all, from, from + SIDE * 6);
            assertArrayEquals(expected, Arrays.copyOfRange(inner, row * SIDE * 6, (row + 1) * SIDE * 6), 1e-4f);
        }
    }

    private static Map<String, Tensor> gradients(Cpu.Way way, Tensor images, Tensor kernel, boolean pads) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", images.spec());
        Value w = g.input("w", kernel.spec());
        Window window = Window.of(3, 3).withStrides(2, 2);
        Value y = g.add(new Convolution(window, 1, Layout.CHANNELS_LAST), pads ? pad(g, x, 0, 1) : x, w);
        Value loss = g.reduce(ReduceFn.SUM, g.mul(y, y), List.of(0, 1, 2, 3), false);
        List<Value> gradients = Gradients.of(g, loss, List.of(x, w));
        g.output("dx", gradients.getFirst());
        g.output("dw", gradients.getLast());
        Graph graph = g.build();
        assertEquals(0, pads(graph));
        return Cpu.run(way, 1, graph, Map.of("x", images, "w", kernel));
    }
}
