package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Window;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of data of few channels, element by element in its order, with vectors and before C2 has compiled them. */
class LineInputGradTest {

    /**
     * @param height of the data
     * @param channels of the data
     * @param outputs channels of the gradient
     * @param size of the square windows
     */
    record Layer(int height, int width, int channels, int outputs, int size, int pad) {

        ConvInputGrad op() {
            Window window = Window.of(size, size).withPads(pad, pad);
            return new ConvInputGrad(window, 1, Layout.CHANNELS_LAST, List.of(height, width));
        }

        Tensor dy() {
            return Cpu.random(1, 3, height + 2 * pad - size + 1, width + 2 * pad - size + 1, outputs);
        }

        Tensor w() {
            return Cpu.random(2, size, size, channels, outputs);
        }
    }

    static List<Layer> layers() {
        return List.of(
                new Layer(14, 14, 6, 16, 5, 0),
                new Layer(9, 11, 4, 3, 3, 1),
                new Layer(2, 16, 8, 9, 2, 0),
                new Layer(5, 28, 3, 20, 3, 0),
                new Layer(3, 45, 1, 5, 3, 2),
                new Layer(40, 30, 7, 8, 5, 2),
                new Layer(1, 13, 5, 2, 3, 1));
    }

    /** One chain of fused multiply-adds: rows, columns, channels of the gradient, as seen from the pixel. */
    private static float[] expected(Layer layer) {
        float[] dy = layer.dy().floats();
        float[] w = layer.w().floats();
        int[] windows = layer.dy().shape().sizes();
        float[] dx = new float[3 * layer.height() * layer.width() * layer.channels()];
        int pad = layer.size() - 1 - layer.pad();
        for (int i = 0; i < dx.length; i++) {
            int c = i % layer.channels();
            int column = i / layer.channels() % layer.width() - pad;
            int row = i / layer.channels() / layer.width() % layer.height() - pad;
            int sample = i / layer.channels() / layer.width() / layer.height();
            for (int tap = 0; tap < layer.size() * layer.size(); tap++) {
                int y = row + tap / layer.size();
                int x = column + tap % layer.size();
                if (y < 0 || y >= windows[1] || x < 0 || x >= windows[2]) {
                    continue;
                }
                int turned = layer.size() * layer.size() - 1 - tap;
                for (int o = 0; o < layer.outputs(); o++) {
                    float gradient = dy[((sample * windows[1] + y) * windows[2] + x) * layer.outputs() + o];
                    dx[i] = Math.fma(w[(turned * layer.channels() + c) * layer.outputs() + o], gradient, dx[i]);
                }
            }
        }
        return dx;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isOneChainForEachElement(Layer layer) {
        Cpu.Way vectors = Cpu.ways().getLast();
        assumeTrue(describe(vectors, layer).equals("few channels"), "There are no vectors of 512 bits");
        Cpu.Way lazy = Cpu.vectors(new Simd.Chosen(true, false, ""), Purpose.PREDICT);
        float[] expected = expected(layer);
        for (int threads = 1; threads <= 3; threads++) {
            for (Cpu.Way way : List.of(lazy, vectors)) {
                assertArrayEquals(
                        expected,
                        Cpu.op(way, threads, layer.op(), layer.dy(), layer.w())
                                .getFirst()
                                .floats(),
                        way + ", " + threads + " threads");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isTheSameGradientEveryWay(Layer layer) {
        float[] expected = expected(layer);
        double[] doubles = new double[expected.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = expected[i];
        }
        for (Cpu.Way way : Cpu.ways()) {
            Cpu.assertClose(
                    doubles, Cpu.op(way, 2, layer.op(), layer.dy(), layer.w()).getFirst(), 1e-4);
        }
    }

    private static String describe(Cpu.Way way, Layer layer) {
        GraphBuilder g = new GraphBuilder();
        g.output(
                "dx",
                g.add(
                        layer.op(),
                        g.input("dy", layer.dy().spec()),
                        g.input("w", layer.w().spec())));
        try (CpuBackend backend = way.backend(1);
                var executable = Compilation.compile(backend, g.build())) {
            assertEquals(1, executable.plan().steps().size());
            return executable.plan().steps().getFirst().kernel();
        }
    }
}
