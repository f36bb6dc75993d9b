package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Input;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.models.Sequential;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import dev.convoy.spi.Support;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many sessions a predictor keeps. */
class SessionsTest {

    private static final Model MODEL = Sequential.of(Input.of(2), Dense.of(2));

    /** The CPU backend, whose open sessions are counted; a run does something else first. */
    private record Counting(Backend backend, AtomicInteger sessions, Runnable first) implements Backend {

        @Override
        public String name() {
            return backend.name();
        }

        @Override
        public Layout layout() {
            return backend.layout();
        }

        @Override
        public boolean claims(Node composite) {
            return backend.claims(composite);
        }

        @Override
        public Support check(Graph graph) {
            return backend.check(graph);
        }

        @Override
        public State state(Parameters parameters) {
            return backend.state(parameters);
        }

        @Override
        public void close() {
            backend.close();
        }

        @Override
        public Executable compile(Graph graph) {
            Executable executable = backend.compile(graph);
            return new Executable() {
                @Override
                public Signature signature() {
                    return executable.signature();
                }

                @Override
                public Session open(State state) {
                    return executable.open(state);
                }

                @Override
                public void close() {
                    executable.close();
                }

                @Override
                public Session open() {
                    sessions.incrementAndGet();
                    Session session = executable.open();
                    return new Session() {
                        @Override
                        public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch) {
                            first.run();
                            return session.run(inputs, fetch);
                        }

                        @Override
                        public void close() {
                            sessions.decrementAndGet();
                            session.close();
                        }
                    };
                }
            };
        }
    }

    @Test
    void aRushOfCallersLeavesNotMoreThanTwoForAProcessor() throws Exception {
        int few = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        int callers = 2 * few;
        CyclicBarrier all = new CyclicBarrier(callers);
        AtomicInteger sessions = new AtomicInteger();
        Runnable meet = () -> {
            try {
                all.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        try (Backend backend = new Counting(Cpu.SCALAR.backend(1), sessions, meet);
                Predictor predictor = Predictor.of(MODEL, backend);
                ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<Tensor>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                calls.add(() -> predictor.predict(Tensor.of(new float[] {1, 2}, 1, 2)));
            }
            Set<Tensor> results = new HashSet<>();
            for (Future<Tensor> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            assertEquals(1, results.size());
            assertEquals(few, sessions.get());
        }
    }

    @Test
    void aSessionThatFailsIsNotKept() {
        AtomicInteger sessions = new AtomicInteger();
        Runnable fail = () -> {
            throw new IllegalStateException("no");
        };
        try (Backend backend = new Counting(Cpu.SCALAR.backend(1), sessions, fail);
                Predictor predictor = Predictor.of(MODEL, backend)) {
            Tensor input = Tensor.of(new float[] {1, 2}, 1, 2);
            assertTrue(assertThrows(IllegalStateException.class, () -> predictor.predict(input))
                    .getMessage()
                    .contains("no"));
            assertEquals(0, sessions.get());
        }
    }
}
