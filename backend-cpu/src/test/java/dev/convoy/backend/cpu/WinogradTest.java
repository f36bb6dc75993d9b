package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.backend.cpu.winograd.PlainWinogradLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Compilation;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions by Winograd's method against sums in double, with their sizes chosen so that the backend takes them. */
class WinogradTest {

    /** The largest error, as a part of the sum of the products' magnitudes. */
    private static final double BOUND = 1e-5;

    private record Layer(String kernel, int batch, int height, int width, int channels, int outputs, Window window) {

        Tensor data(Numbers numbers) {
            return numbers.data(batch, height, width, channels);
        }

        Tensor weights(Numbers numbers) {
            return numbers.weights(3, 3, channels, outputs);
        }

        Convolution op() {
            return new Convolution(window, 1, Layout.CHANNELS_LAST);
        }
    }

    private static final Window VALID = Window.of(3, 3);
    private static final Window SAME = VALID.withPads(1, 1);

    /** Whole tiles, tiles over every edge, many and few blocks of tiles, one and several blocks of channels. */
    private static final List<Layer> LAYERS = List.of(
            new Layer("Winograd F4", 1, 32, 32, 32, 32, SAME),
            new Layer("Winograd F4", 2, 31, 45, 32, 48, VALID),
            new Layer("Winograd F4", 1, 30, 26, 144, 32, SAME),
            new Layer("Winograd F2", 1, 14, 14, 256, 256, SAME));

    /** What the tensors hold. */
    enum Numbers {
        NORMAL,
        /** Data with mean 1000. */
        FAR_FROM_ZERO,
        /** Data as ReLU leaves it. */
        RECTIFIED,
        /** Data and weights from hundredths to hundreds, each for itself. */
        OF_ALL_MAGNITUDES;

        Tensor data(int... sizes) {
            return fill(true, 1, sizes);
        }

        Tensor weights(int... sizes) {
            return fill(false, 2, sizes);
        }

        private Tensor fill(boolean data, long seed, int... sizes) {
            float[] values = Cpu.random(seed, sizes).floats();
            SplitMix64 uniform = SplitMix64.of(seed + 100);
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (this) {
                    case NORMAL -> values[i];
                    case FAR_FROM_ZERO -> data ? values[i] + 1000 : values[i];
                    case RECTIFIED -> data ? Math.max(0, values[i]) : values[i];
                    case OF_ALL_MAGNITUDES -> values[i] * (float) Math.pow(10, 4 * uniform.uniform(i) - 2);
                };
            }
            return Tensor.wrap(TensorSpec.float32(sizes), values);
        }
    }

    private Cpu.Way vector;

    @BeforeEach
    void theJvmHasVectors() {
        vector = Cpu.ways().getLast();
        assumeTrue(vector.winograd().isPresent(), "the Vector API is not to be had");
    }

    private static Graph graph(Layer layer, Tensor weights) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(layer.batch, layer.height, layer.width, layer.channels));
        g.output("y", g.add(layer.op(), x, g.constant(weights)));
        return g.build();
    }

    private static String kernel(Cpu.Way way, Graph graph) {
        try (CpuBackend backend = way.backend(1);
                var executable = Compilation.compile(backend, graph)) {
            return executable.plan().steps().getFirst().kernel();
        }
    }

    private static Tensor run(Cpu.Way way, int threads, Graph graph, Tensor x) {
        return Cpu.run(way, threads, graph, Map.of("x", x)).get("y");
    }

    private static Cpu.Way with(Cpu.Way way, Optional<WinogradLoops> winograd) {
        return new Cpu.Way(way.kernel(), way.loops(), winograd);
    }

    private Optional<WinogradLoops> plain() {
        return vector.winograd().map(loops -> new PlainWinogradLoops(loops.panelWidth()));
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreBelowTheBound(Numbers numbers) {
        for (Layer layer : LAYERS) {
            Tensor w = layer.weights(numbers);
            Graph graph = graph(layer, w);
            assertEquals(layer.kernel, kernel(vector, graph), layer.toString());
            Tensor x = layer.data(numbers);
            float[] y = run(vector, 2, graph, x).floats();
            double worst = worst(layer, x.floats(), w.floats(), y);
            assertTrue(worst <= BOUND, layer + ": " + worst);
        }
    }

    /** The largest error of any result over the sum of its products' magnitudes. */
    private static double worst(Layer layer, float[] x, float[] w, float[] y) {
        int pad = layer.window.padsBegin().getFirst();
        int down = layer.height + 2 * pad - 2;
        int across = layer.width + 2 * pad - 2;
        assertEquals(layer.batch * down * across * layer.outputs, y.length);
        double worst = 0;
        double[] sums = new double[layer.outputs];
        double[] magnitudes = new double[layer.outputs];
        for (int place = 0; place < layer.batch * down * across; place++) {
            Arrays.fill(sums, 0);
            Arrays.fill(magnitudes, 0);
            for (int tap = 0; tap < 9; tap++) {
                int row = place / across % down + tap / 3 - pad;
                int column = place % across + tap % 3 - pad;
                boolean inside = row >= 0 && row < layer.height && column >= 0 && column < layer.width;
                int at = ((place / across / down * layer.height + row) * layer.width + column) * layer.channels;
                for (int c = 0; inside && c < layer.channels; c++) {
                    int weight = (tap * layer.channels + c) * layer.outputs;
                    double factor = x[at + c];
                    for (int o = 0; o < layer.outputs; o++) {
                        double product = factor * w[weight + o];
                        sums[o] += product;
                        magnitudes[o] += Math.abs(product);
                    }
                }
            }
            for (int o = 0; o < layer.outputs; o++) {
                worst = Math.max(worst, Math.abs(y[place * layer.outputs + o] - sums[o]) / magnitudes[o]);
            }
        }
        return worst;
    }

    @Test
    void biasShortcutAndBoundsAreThoseOfTheDirectWay() {
        for (Layer layer : LAYERS) {
            GraphBuilder g = new GraphBuilder();
            Tensor x = layer.data(Numbers.NORMAL);
            Value sum = g.add(layer.op(), g.input("x", x.spec()), g.constant(layer.weights(Numbers.NORMAL)));
            Value biased = g.add(sum, g.constant(Cpu.random(3, layer.outputs)));
            Tensor shortcut = Cpu.random(4, biased.shape().sizes());
            Value added = g.add(biased, g.input("shortcut", shortcut.spec()));
            g.output("y", g.min(g.max(added, g.scalar(-2, DataType.FLOAT32)), g.scalar(20, DataType.FLOAT32)));
            Graph graph = g.build();
            Map<String, Tensor> inputs = Map.of("x", x, "shortcut", shortcut);
            Tensor direct =
                    Cpu.run(with(vector, Optional.empty()), 2, graph, inputs).get("y");
            Tensor winograd = Cpu.run(vector, 2, graph, inputs).get("y");
            assertArrayEquals(direct.floats(), winograd.floats(), 2e-3f);
            assertEquals(
                    winograd, Cpu.run(with(vector, plain()), 2, graph, inputs).get("y"));
        }
    }

    @Test
    void bitsDependNeitherOnThreadsNorOnWhetherLoopsAreCompiled() {
        for (Layer layer : LAYERS) {
            Tensor x = layer.data(Numbers.NORMAL);
            Graph graph = graph(layer, layer.weights(Numbers.NORMAL));
            Tensor alone = run(vector, 1, graph, x);
            for (int threads : new int[] {2, 3, 5}) {
                assertEquals(alone, run(vector, threads, graph, x), threads + " threads");
            }
            assertEquals(alone, run(with(vector, plain()), 2, graph, x));
        }
    }

    @Test
    void aPictureGivesTheSameBitsInAnyBatch() {
        Layer pair = LAYERS.get(1);
        Layer single = new Layer(pair.kernel, 1, pair.height, pair.width, pair.channels, pair.outputs, pair.window);
        Tensor w = pair.weights(Numbers.NORMAL);
        Tensor both = pair.data(Numbers.NORMAL);
        float[] together = run(vector, 2, graph(pair, w), both).floats();
        float[] first = Arrays.copyOf(both.floats(), both.floats().length / 2);
        Tensor x = Tensor.wrap(TensorSpec.float32(1, pair.height, pair.width, pair.channels), first);
        float[] alone = run(vector, 2, graph(single, w), x).floats();
        assertArrayEquals(alone, Arrays.copyOf(together, alone.length));
    }

    @Test
    void withoutLoopsOrWithFewPixelsForChangingWeightsItIsDirect() {
        Layer layer = LAYERS.getFirst();
        Graph constant = graph(layer, layer.weights(Numbers.NORMAL));
        assertEquals("implicit GEMM", kernel(with(vector, Optional.empty()), constant));
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(1, 4, 4, 512));
        Value w = g.input("w", TensorSpec.float32(3, 3, 512, 512));
        g.output("y", g.add(layer.op(), x, w));
        assertEquals("implicit GEMM", kernel(vector, g.build()));
    }

    @Test
    void preciseIsASetting() {
        Layer layer = LAYERS.getFirst();
        Graph graph = graph(layer, layer.weights(Numbers.NORMAL));
        assertEquals("Winograd F4", kernel(Map.of("precise", "false"), graph));
        assertEquals("implicit GEMM", kernel(Map.of("precise", "true"), graph));
        BackendException e = assertThrows(BackendException.class, () -> kernel(Map.of("precise", "very"), graph));
        assertTrue(e.getMessage().contains("precise is true or false, got 'very'"), e.getMessage());
    }

    private static String kernel(Map<String, String> settings, Graph graph) {
        try (var backend = new CpuBackendProvider().create(new BackendOptions(1, settings));
                var executable = Compilation.compile(backend, graph)) {
            return executable.plan().steps().getFirst().kernel();
        }
    }
}
