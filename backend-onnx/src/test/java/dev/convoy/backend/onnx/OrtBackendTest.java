package dev.convoy.backend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is this backend's own: closing under load, batches of any size, types at the edge, execution providers. */
class OrtBackendTest {

    private static final OrtBackendProvider PROVIDER = new OrtBackendProvider();

    @BeforeEach
    void requireLibrary() {
        Availability availability = PROVIDER.availability();
        Assumptions.assumeTrue(availability instanceof Availability.Available, availability::toString);
    }

    private static Backend backend() {
        return PROVIDER.create(BackendOptions.defaults());
    }

    /** Row sums of x, [batch, n], times one matrix that makes a run last some milliseconds. */
    private static Graph heavy(int n) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", new TensorSpec(DataType.FLOAT32, Shape.ofDims(List.of(Dim.named("batch"), Dim.of(n)))));
        Value ones = g.constant(Tensor.full(TensorSpec.float32(n, n), 1));
        g.output("y", g.matMul(x, ones));
        return g.build();
    }

    @Test
    void runsUnderWayEndUndisturbedWhenTheBackendIsClosed() throws Exception {
        int n = 256;
        Map<String, Tensor> x = Map.of("x", Tensor.full(TensorSpec.float32(64, n), 1));
        Tensor expected = Tensor.full(TensorSpec.float32(64, n), n);
        for (int round = 0; round < 10; round++) {
            Backend backend = backend();
            Executable executable = Compilation.compile(backend, heavy(n));
            CountDownLatch running = new CountDownLatch(4);
            try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
                List<Future<Integer>> runs = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    runs.add(pool.submit(() -> runUntilClosed(executable.open(), x, expected, running)));
                }
                assertTrue(running.await(30, TimeUnit.SECONDS));
                backend.close();
                for (Future<Integer> run : runs) {
                    assertTrue(run.get(30, TimeUnit.SECONDS) > 0);
                }
            }
        }
    }

    /** @return how many runs gave the expected result before the session was closed */
    private static int runUntilClosed(Session session, Map<String, Tensor> x, Tensor expected, CountDownLatch running) {
        int runs = 0;
        while (true) {
            try {
                assertEquals(expected, session.run(x, Set.of("y")).get("y"));
                if (runs++ == 0) {
                    running.countDown();
                }
            } catch (IllegalStateException closed) {
                assertEquals("Cannot use this session: it is closed", closed.getMessage());
                return runs;
            }
        }
    }

    @Test
    void oneSessionTakesBatchesOfAnySize() {
        try (Backend backend = backend();
                Executable executable = Compilation.compile(backend, heavy(3));
                Session session = executable.open()) {
            for (int batch : new int[] {1, 5, 0, 2, 5}) {
                Tensor x = Tensor.full(TensorSpec.float32(batch, 3), 2);
                assertEquals(
                        Map.of("y", Tensor.full(TensorSpec.float32(batch, 3), 6)),
                        session.run(Map.of("x", x), Set.of("y")));
            }
        }
    }

    @Test
    void unsignedTypesKeepTheirBits() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.of(DataType.UINT32, 2));
        g.output("wide", g.cast(x, DataType.INT64));
        g.output("same", x);
        Tensor given = Tensor.wrap(TensorSpec.of(DataType.UINT32, 2), new int[] {-1, 7});
        try (Backend backend = backend();
                Executable executable = Compilation.compile(backend, g.build());
                Session session = executable.open()) {
            Map<String, Tensor> results = session.run(Map.of("x", given), Set.of("wide", "same"));
            assertEquals(Tensor.of(new long[] {4294967295L, 7}, 2), results.get("wide"));
            assertEquals(given, results.get("same"));
        }
    }

    @Test
    void typesThatCannotBeExchangedAreNamed() {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.cast(g.input("x", TensorSpec.of(DataType.FLOAT8E5M2, 2)), DataType.FLOAT32));
        Graph graph = g.build();
        try (Backend backend = backend()) {
            BackendException refusal = assertThrows(BackendException.class, () -> Compilation.compile(backend, graph));
            assertTrue(String.valueOf(refusal.getMessage()).contains("float8e5m2"), refusal.getMessage());
        }
    }

    @Test
    void cudaWithoutItsJarIsRefusedWithARemedy() {
        BackendOptions cuda = new BackendOptions(0, Map.of(ExecutionProvider.SETTING, "cuda"));
        BackendException refusal = assertThrows(BackendException.class, () -> PROVIDER.create(cuda));
        assertTrue(String.valueOf(refusal.getMessage()).contains("onnxruntime_gpu"), refusal.getMessage());
        assertTrue(String.valueOf(refusal.getMessage()).contains("CUDA 12"), refusal.getMessage());
    }

    @Test
    void unknownExecutionProvidersAreNamed() {
        Availability.Unavailable unavailable =
                assertInstanceOf(Availability.Unavailable.class, OrtLibrary.availability("tpu"));
        assertEquals("'tpu' is no execution provider", unavailable.reason());
        assertEquals("set convoy.onnx.provider to one of cpu, cuda", unavailable.remedy());
    }

    @Test
    void threadsAreTakenFromTheOptions() {
        try (Backend one = PROVIDER.create(BackendOptions.defaults().withThreads(1));
                Executable executable = Compilation.compile(one, negating());
                Session session = executable.open()) {
            assertEquals(
                    Tensor.of(new float[] {-1, 2}, 2),
                    session.run(Map.of("x", Tensor.of(new float[] {1, -2}, 2)), Set.of("y"))
                            .get("y"));
        }
    }

    private static Graph negating() {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.unary(UnaryFn.NEG, g.input("x", TensorSpec.float32(2))));
        return g.build();
    }
}
