package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.backend.cpu.gemm.MicroKernel;
import dev.convoy.backend.cpu.gemm.ScalarMicroKernel;
import dev.convoy.backend.cpu.kernel.ChannelLoops;
import dev.convoy.backend.cpu.kernel.ScalarChannelLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Op;
import dev.convoy.graph.Value;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs single ops and graphs on the CPU backend. */
final class Cpu {

    private Cpu() {}

    /** One way to compute. */
    record Way(MicroKernel kernel, ChannelLoops loops, Optional<WinogradLoops> winograd) {

        CpuBackend backend(int threads) {
            return new CpuBackend(kernel, loops, winograd, threads);
        }

        @Override
        public String toString() {
            return kernel.name() + ", " + loops;
        }
    }

    static final Way SCALAR = new Way(new ScalarMicroKernel(true), new ScalarChannelLoops(true), Optional.empty());

    /** Every way that this JVM has. */
    static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        ways.add(SCALAR);
        ways.add(new Way(new ScalarMicroKernel(false), new ScalarChannelLoops(false), Optional.empty()));
        if (Simd.choose() instanceof Simd.Chosen chosen && chosen.vector()) {
            ways.add(vectors(new Simd.Chosen(true, true, ""), Purpose.PREDICT));
        }
        return ways;
    }

    static Way vectors(Simd.Chosen chosen, Purpose purpose) {
        return new Way(chosen.newKernel(purpose), chosen.newLoops(purpose), chosen.newWinograd(purpose));
    }

    /** All results of an op whose operands are graph inputs. */
    static List<Tensor> op(Op op, Tensor... operands) {
        return op(SCALAR, 2, op, operands);
    }

    /** All results of an op whose operands are graph inputs. */
    static List<Tensor> op(Way way, int threads, Op op, Tensor... operands) {
        GraphBuilder g = new GraphBuilder();
        List<Value> inputs = new ArrayList<>();
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (Tensor operand : operands) {
            Value input = g.input("x" + inputs.size(), operand.spec());
            given.put(input.name().orElseThrow(), operand);
            inputs.add(input);
        }
        List<Value> results = g.add(op, inputs);
        for (int i = 0; i < results.size(); i++) {
            g.output("y" + i, results.get(i));
        }
        return List.copyOf(run(way, threads, g.build(), given).values());
    }

    static Map<String, Tensor> run(Way way, int threads, Graph graph, Map<String, Tensor> inputs) {
        try (CpuBackend backend = way.backend(threads);
                var executable = Compilation.compile(backend, graph);
                var session = executable.open()) {
            return session.run(inputs, graph.outputs().keySet());
        }
    }

    /** Standard normal numbers. */
    static Tensor random(long seed, int... sizes) {
        SplitMix64 numbers = SplitMix64.of(seed);
        float[] values = new float[Math.toIntExact(Shape.of(sizes).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.gaussian(i);
        }
        return Tensor.wrap(TensorSpec.float32(sizes), values);
    }

    /** Integers in {@code [0, bound)}. */
    static Tensor randomInts(long seed, int bound, int... sizes) {
        SplitMix64 numbers = SplitMix64.of(seed);
        int[] values = new int[Math.toIntExact(Shape.of(sizes).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) (numbers.uniform(i) * bound);
        }
        return Tensor.wrap(TensorSpec.of(DataType.INT32, sizes), values);
    }

    /** Holds a float32 tensor to doubles, with a tolerance relative to the larger of one and the expected number. */
    static void assertClose(double[] expected, Tensor actual, double tolerance) {
        assertEquals(expected.length, actual.size(), "number of elements");
        for (int i = 0; i < expected.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
            assertEquals(expected[i], actual.floats()[i], allowed, "element " + i);
        }
    }
}
