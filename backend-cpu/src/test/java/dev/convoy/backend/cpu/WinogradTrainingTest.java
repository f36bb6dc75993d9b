package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.backend.cpu.winograd.PlainWinogradLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Op;
import dev.convoy.graph.Window;
import dev.convoy.spi.Compilation;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Convolutions by Winograd's method whose weights change, and their gradients, against sums in double. */
class WinogradTrainingTest {

    /** The largest error, as a part of the sum of the products' magnitudes. */
    private static final double BOUND = 1e-5;

    /**
     * @param forms how the result, the gradient of the data and that of the kernel are computed
     */
    private record Layer(
            List<String> forms, int batch, int height, int width, int inputs, int outputs, int before, int behind) {

        Window window() {
            return Window.of(3, 3).withPads(List.of(before, before), List.of(behind, behind));
        }

        int down() {
            return height + before + behind - 2;
        }

        int across() {
            return width + before + behind - 2;
        }

        Tensor x() {
            return Cpu.random(1, batch, height, width, inputs);
        }

        Tensor w() {
            return Cpu.random(2, 3, 3, inputs, outputs);
        }

        Tensor dy() {
            return Cpu.random(3, batch, down(), across(), outputs);
        }

        Op convolution() {
            return new Convolution(window(), 1, Layout.CHANNELS_LAST);
        }

        Op inputGradient() {
            return new ConvInputGrad(window(), 1, Layout.CHANNELS_LAST, List.of(height, width));
        }

        Op filterGradient() {
            return new ConvFilterGrad(window(), 1, Layout.CHANNELS_LAST);
        }
    }

    private static final List<String> F4 = List.of("Winograd F4", "Winograd F4", "Winograd F4");

    /** Many blocks and parts of tiles; tiles over every edge; weights of which a panel is transformed at a time; F2. */
    private static final List<Layer> LAYERS = List.of(
            new Layer(F4, 5, 32, 32, 32, 32, 1, 1),
            new Layer(F4, 3, 19, 22, 32, 48, 0, 0),
            new Layer(F4, 2, 13, 15, 80, 64, 0, 2),
            new Layer(F4, 28, 4, 4, 272, 528, 1, 1),
            new Layer(List.of("Winograd F2", "Winograd F2", "Winograd F2"), 128, 2, 2, 64, 64, 1, 1));

    private Cpu.Way vector;

    @BeforeEach
    void theJvmHasVectors() {
        vector = Cpu.ways().getLast();
        assumeTrue(vector.winograd().isPresent(), "the Vector API is not to be had");
    }

    private static Graph graph(Op op, Tensor a, Tensor b) {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.add(op, g.input("a", a.spec()), g.input("b", b.spec())));
        return g.build();
    }

    private String kernel(Op op, Tensor a, Tensor b) {
        try (CpuBackend backend = vector.backend(1);
                var executable = Compilation.compile(backend, graph(op, a, b))) {
            return executable.plan().steps().getFirst().kernel();
        }
    }

    private Tensor run(int threads, Optional<WinogradLoops> winograd, Op op, Tensor a, Tensor b) {
        Cpu.Way way = new Cpu.Way(vector.kernel(), vector.loops(), winograd);
        return Cpu.run(way, threads, graph(op, a, b), Map.of("a", a, "b", b)).get("y");
    }

    private interface Products {
        void add(int x, int w, int y);
    }

    private static void products(Layer layer, Products products) {
        for (int place = 0; place < layer.batch * layer.down() * layer.across(); place++) {
            for (int tap = 0; tap < 9; tap++) {
                int row = place / layer.across() % layer.down() + tap / 3 - layer.before;
                int column = place % layer.across() + tap % 3 - layer.before;
                if (row < 0 || row >= layer.height || column < 0 || column >= layer.width) {
                    continue;
                }
                int sample = place / layer.across() / layer.down();
                int pixel = (sample * layer.height + row) * layer.width + column;
                for (int c = 0; c < layer.inputs; c++) {
                    for (int o = 0; o < layer.outputs; o++) {
                        int weight = (tap * layer.inputs + c) * layer.outputs + o;
                        products.add(pixel * layer.inputs + c, weight, place * layer.outputs + o);
                    }
                }
            }
        }
    }

    /** Holds a result to sums of products, each of two elements of the operands. */
    private void check(Layer layer, int form, Op op, Tensor a, Tensor b, int[] role) {
        assertEquals(layer.forms.get(form), kernel(op, a, b), layer + ": " + op);
        Tensor y = run(1, vector.winograd(), op, a, b);
        double[] sums = new double[y.size()];
        double[] magnitudes = new double[y.size()];
        float[] left = a.floats();
        float[] right = b.floats();
        int[] at = new int[3];
        products(layer, (i, j, k) -> {
            at[0] = i;
            at[1] = j;
            at[2] = k;
            double product = (double) left[at[role[0]]] * right[at[role[1]]];
            sums[at[role[2]]] += product;
            magnitudes[at[role[2]]] += Math.abs(product);
        });
        for (int i = 0; i < sums.length; i++) {
            double error = Math.abs(y.floats()[i] - sums[i]);
            assertTrue(error <= BOUND * magnitudes[i], layer + ": " + op + ", element " + i + ": " + error);
        }
        for (int threads : new int[] {2, 5}) {
            assertEquals(y, run(threads, vector.winograd(), op, a, b), threads + " threads");
        }
        Optional<WinogradLoops> plain = vector.winograd().map(loops -> new PlainWinogradLoops(loops.panelWidth()));
        assertEquals(y, run(2, plain, op, a, b), "plain loops");
    }

    @Test
    void convolution() {
        for (Layer layer : LAYERS) {
            check(layer, 0, layer.convolution(), layer.x(), layer.w(), new int[] {0, 1, 2});
        }
    }

    @Test
    void gradientOfTheData() {
        for (Layer layer : LAYERS) {
            check(layer, 1, layer.inputGradient(), layer.dy(), layer.w(), new int[] {2, 1, 0});
        }
    }

    @Test
    void gradientOfTheKernel() {
        assumeTrue(vector.kernel().maxTileHeight() == 14, "vectors have fewer than 512 bits");
        for (Layer layer : LAYERS) {
            check(layer, 2, layer.filterGradient(), layer.x(), layer.dy(), new int[] {0, 2, 1});
        }
    }
}
