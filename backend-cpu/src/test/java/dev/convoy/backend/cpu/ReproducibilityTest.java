package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.spi.Compilation;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bits of a result depend on nothing but the graph and its inputs. */
class ReproducibilityTest {

    private static final TensorSpec INPUT = TensorSpec.float32(2, 20, 20, 3);

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    /** A net with every kind of kernel that threads share. */
    private static Graph net() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", INPUT);
        Window same = Window.of(3, 3).withPads(1, 1);
        Value wide = g.constant(Cpu.random(1, 3, 3, 3, 40));
        Value y = g.add(new Convolution(same, 1, Layout.CHANNELS_LAST), x, wide);
        y = g.unary(UnaryFn.RELU, g.add(y, g.constant(Cpu.random(2, 40))));
        y = g.add(new Convolution(same, 40, Layout.CHANNELS_LAST), y, g.constant(Cpu.random(3, 3, 3, 1, 40)));
        y = g.add(new Convolution(same, 2, Layout.CHANNELS_LAST), y, g.constant(Cpu.random(4, 3, 3, 20, 70)));
        Value features = g.unary(UnaryFn.TANH, y);
        Value pooled = g.add(new MaxPool(Window.of(2, 2).withStrides(2, 2), false, Layout.CHANNELS_LAST), features);
        pooled = g.add(new AvgPool(same, false, true, 0, Layout.CHANNELS_LAST), pooled);
        Value flat = g.reshape(pooled, Shape.of(2, 7000));
        Value dense = g.matMul(flat, g.constant(Cpu.random(5, 7000, 50)));
        g.output("probabilities", g.add(new Softmax(1), dense));
        g.output("mean", g.reduce(ReduceFn.MEAN, features, List.of(0, 1, 2), false));
        g.output("kernel gradient", g.add(new ConvFilterGrad(same, 1, Layout.CHANNELS_LAST), x, features));
        g.output(
                "data gradient",
                g.add(
                        new ConvInputGrad(same, 1, Layout.CHANNELS_LAST, List.of(20, 20)),
                        features,
                        g.constant(Cpu.random(6, 3, 3, 3, 70))));
        return g.build();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anyNumberOfThreadsGivesTheSameBits(Cpu.Way way) {
        Map<String, Tensor> inputs = Map.of("x", Cpu.random(9, INPUT.shape().sizes()));
        Map<String, Tensor> alone = Cpu.run(way, 1, net(), inputs);
        for (int threads : new int[] {2, 3, 5}) {
            assertEquals(alone, Cpu.run(way, threads, net(), inputs), threads + " threads");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aWarmRunGivesTheBitsOfTheFirst(Cpu.Way way) {
        Map<String, Tensor> inputs = Map.of("x", Cpu.random(9, INPUT.shape().sizes()));
        Graph net = net();
        try (CpuBackend backend = way.backend(2);
                var executable = Compilation.compile(backend, net);
                var session = executable.open()) {
            Map<String, Tensor> first = session.run(inputs, net.outputs().keySet());
            for (int run = 0; run < 150; run++) {
                assertEquals(first, session.run(inputs, net.outputs().keySet()), "run " + run);
            }
        }
    }

    @Test
    void vectorAndFusedScalarProductsHaveTheSameBits() {
        List<Cpu.Way> ways = Cpu.ways();
        for (int size : new int[] {1, 4, 6, 13, 17, 207}) {
            Tensor a = Cpu.random(1, size, 300);
            Tensor b = Cpu.random(2, 300, size);
            List<float[]> results = new ArrayList<>();
            for (Cpu.Way way : List.of(ways.getFirst(), ways.getLast())) {
                results.add(Cpu.op(way, 2, new MatMul(false, false), a, b)
                        .getFirst()
                        .floats());
            }
            assertArrayEquals(results.get(0), results.get(1));
        }
    }

    @Test
    void aHundredThreadsOnOneExecutableGiveTheBitsOfOne() throws Exception {
        Graph net = net();
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            inputs.add(Cpu.random(i, INPUT.shape().sizes()));
        }
        try (CpuBackend backend = Cpu.ways().getLast().backend(2);
                var executable = Compilation.compile(backend, net)) {
            List<Tensor> alone = new ArrayList<>();
            try (var session = executable.open()) {
                for (Tensor input : inputs) {
                    alone.addAll(session.run(Map.of("x", input), Set.of("probabilities"))
                            .values());
                }
            }
            try (var pool = Executors.newFixedThreadPool(100)) {
                List<Callable<Tensor>> calls = new ArrayList<>();
                for (Tensor input : inputs) {
                    calls.add(() -> {
                        try (var session = executable.open()) {
                            return session.run(Map.of("x", input), Set.of("probabilities"))
                                    .values()
                                    .iterator()
                                    .next();
                        }
                    });
                }
                List<Future<Tensor>> together = pool.invokeAll(calls);
                for (int i = 0; i < 100; i++) {
                    assertEquals(alone.get(i), together.get(i).get(), "input " + i);
                }
            }
        }
    }
}
