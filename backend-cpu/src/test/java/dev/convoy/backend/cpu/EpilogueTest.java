package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.backend.cpu.gemm.Gemm;
import dev.convoy.backend.cpu.kernel.Engine;
import dev.convoy.backend.cpu.kernel.Epilogue;
import dev.convoy.backend.cpu.kernel.PackedWeights;
import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.spi.interpret.FusionRule;
import dev.convoy.spi.interpret.MemoryPlan;
import dev.convoy.spi.interpret.Schedule;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contractions that take a bias and bounds along. */
class EpilogueTest {

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    private static Graph convolution(int groups, int cout, boolean keepSum) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(1, 9, 9, 6));
        Value w = g.constant(Cpu.random(2, 3, 3, 6 / groups, cout));
        Value sum = g.add(new Convolution(Window.of(3, 3).withPads(1, 1), groups, Layout.CHANNELS_LAST), x, w);
        Value biased = g.binary(BinaryFn.ADD, g.constant(Cpu.random(3, cout)), sum);
        Value low = g.max(biased, g.scalar(0.25, DataType.FLOAT32));
        Value bounded = g.min(low, g.scalar(1.5, DataType.FLOAT32));
        g.output("y", bounded);
        if (keepSum) {
            g.output("sum", sum);
        }
        return g.build();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void biasAndBoundsAreWhatTheyAreOneByOne(Cpu.Way way) {
        for (int cout : new int[] {6, 18, 36}) {
            for (int groups : new int[] {1, 2, 6}) {
                Tensor x = Cpu.random(1, 1, 9, 9, 6);
                Map<String, Tensor> results = Cpu.run(way, 2, convolution(groups, cout, true), Map.of("x", x));
                Tensor bias = Cpu.random(3, cout);
                float[] sum = results.get("sum").floats();
                double[] expected = new double[sum.length];
                for (int i = 0; i < sum.length; i++) {
                    expected[i] = Math.min(Math.max((double) sum[i] + bias.floats()[i % cout], 0.25), 1.5);
                }
                Cpu.assertClose(expected, results.get("y"), 1e-5);
                Tensor fused = Cpu.run(way, 2, convolution(groups, cout, false), Map.of("x", x))
                        .get("y");
                Cpu.assertClose(expected, fused, 1e-5);
            }
        }
    }

    @Test
    void theChainIsOneStepUnlessAResultIsUsedElsewhere() {
        List<FusionRule> rules = List.of(Epilogue::match);
        assertEquals(1, Schedule.of(convolution(1, 6, false), rules).steps().size());
        assertEquals(4, Schedule.of(convolution(1, 6, true), rules).steps().size());
    }

    /** The end of a residual block, {@code relu(conv(x) + bias + shortcut)}, where the shortcut may be a convolution too. */
    private static Graph residual(int cout, boolean projected, boolean keepSums) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(1, 9, 9, 40));
        Value r = g.input("r", TensorSpec.float32(1, 9, 9, cout));
        Convolution pointwise = new Convolution(Window.of(1, 1), 1, Layout.CHANNELS_LAST);
        Value sum = g.add(pointwise, x, g.constant(Cpu.random(2, 1, 1, 40, cout)));
        Value biased = g.add(sum, g.constant(Cpu.random(3, cout)));
        Value shortcut = projected
                ? g.add(g.add(pointwise, x, g.constant(Cpu.random(4, 1, 1, 40, cout))), g.constant(Cpu.random(5, cout)))
                : r;
        g.output("y", g.unary(UnaryFn.RELU, g.add(biased, shortcut)));
        if (keepSums) {
            g.output("biased", biased);
            g.output("shortcut", shortcut);
        }
        return g.build();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theSumOfAResidualBlockIsWhatItIsOneByOne(Cpu.Way way) {
        for (int cout : new int[] {7, 16, 36, 64}) {
            for (boolean projected : new boolean[] {false, true}) {
                Map<String, Tensor> given = Map.of("x", Cpu.random(1, 1, 9, 9, 40), "r", Cpu.random(6, 1, 9, 9, cout));
                Map<String, Tensor> results = Cpu.run(way, 2, residual(cout, projected, true), given);
                float[] biased = results.get("biased").floats();
                float[] shortcut = results.get("shortcut").floats();
                double[] expected = new double[biased.length];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = Math.max((double) biased[i] + shortcut[i], 0);
                }
                Cpu.assertClose(expected, results.get("y"), 1e-5);
                Cpu.assertClose(
                        expected,
                        Cpu.run(way, 2, residual(cout, projected, false), given).get("y"),
                        1e-5);
            }
        }
    }

    @Test
    void theSumOfAResidualBlockIsPartOfAStep() {
        List<FusionRule> rules = List.of(Epilogue::matchSum, Epilogue::match);
        assertEquals(1, Schedule.of(residual(36, false, false), rules).steps().size());
        assertEquals(2, Schedule.of(residual(36, true, false), rules).steps().size());
    }

    @Test
    void theSumTakesThePlaceOfWhatItAddsUnlessPartsOfItWaitThere() {
        assertEquals(1, buffers(1024));
        assertEquals(2, buffers(1025));
    }

    /** How many arrays {@code conv(x) - r} needs for its two results. */
    private static int buffers(int cin) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(1, 2, 2, cin));
        Value r = g.input("r", TensorSpec.float32(1, 2, 2, 3));
        Convolution pointwise = new Convolution(Window.of(1, 1), 1, Layout.CHANNELS_LAST);
        Value shortcut = g.unary(UnaryFn.NEG, r);
        g.output("y", g.add(g.add(pointwise, x, g.constant(Cpu.random(1, 1, 1, cin, 3))), shortcut));
        try (Threads threads = new Threads(1)) {
            Gemm gemm = new Gemm(Cpu.SCALAR.kernel(), threads);
            Engine engine = new Engine(gemm, Cpu.SCALAR.loops(), Optional.empty(), new PackedWeights());
            CpuKernels kernels = new CpuKernels(engine);
            return MemoryPlan.of(Schedule.of(g.build(), kernels.fusions()), kernels)
                    .buffers()
                    .size();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void reluKeepsNaN(Cpu.Way way) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(2, 3));
        g.output("y", g.unary(UnaryFn.RELU, g.matMul(x, g.constant(Cpu.random(1, 3, 5)))));
        Tensor given = Tensor.of(new float[] {1, Float.NaN, 2, 1, 1, 1}, 2, 3);
        float[] y = Cpu.run(way, 1, g.build(), Map.of("x", given)).get("y").floats();
        for (int i = 0; i < 5; i++) {
            assertTrue(Float.isNaN(y[i]), "row of NaN");
            assertTrue(y[5 + i] >= 0, "other row");
        }
    }

    @Test
    void aBroadcastingSumIsNotABias() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(1, 3));
        Value wide = g.input("wide", TensorSpec.float32(4, 3));
        Value product = g.matMul(x, g.constant(Tensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3)));
        g.output("y", g.add(product, wide));
        Tensor ones = Tensor.full(wide.spec(), 1);
        Tensor y = Cpu.run(Cpu.SCALAR, 1, g.build(), Map.of("x", Tensor.of(new float[] {1, 2, 3}, 1, 3), "wide", ones))
                .get("y");
        Cpu.assertClose(new double[] {2, 3, 4, 2, 3, 4, 2, 3, 4, 2, 3, 4}, y, 0);
    }
}
