package dev.convoy.conformance.session;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.NotApplicableException;
import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.State;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules of what is open and what is closed, and of what a backend refuses.
 *
 * <ul>
 *   <li>B1: use after close is an IllegalStateException, at each level.
 *   <li>B2: closing a backend closes its executables and states; closing an executable closes its sessions.
 *   <li>B3: closing twice does nothing.
 *   <li>B4: a graph that the backend cannot run is refused before it runs, by a BackendException that names the op and its
 *       layer.
 *   <li>B5: named dimensions are accepted, or refused by a BackendException.
 *   <li>B6: the backend has its provider's name.
 *   <li>B7: opening and closing again and again works: what is closed is freed.
 * </ul>
 */
public final class LifecycleChecks {

    private LifecycleChecks() {}

    public static List<ConformanceCheck> all() {
        return List.of(
                check("B1/session", LifecycleChecks::closedSession),
                check("B1/executable", LifecycleChecks::closedExecutable),
                check("B1/state", LifecycleChecks::closedState),
                check("B1/backend", LifecycleChecks::closedBackend),
                check("B2/executable-closes-sessions", LifecycleChecks::executableClosesSessions),
                check("B2/backend-closes-everything", LifecycleChecks::backendClosesEverything),
                check("B3/twice", LifecycleChecks::closedTwice),
                check("B4/float64", LifecycleChecks::refusesByName),
                check("B5/named-batch", LifecycleChecks::namedDimensions),
                check("B6/name", LifecycleChecks::name),
                check("B7/200-times", LifecycleChecks::again));
    }

    private static ConformanceCheck check(String name, ConformanceCheck.Action action) {
        return new ConformanceCheck("required/backend." + name, action);
    }

    private static final Map<String, Tensor> X = Map.of("x", Programs.vector(1, 2, 3));
    private static final Set<String> Y = Set.of("y");

    private static void closedSession(Subject subject) {
        try (Executable executable = Compilation.compile(subject.backend(), Programs.doubling(3))) {
            Session session = executable.open();
            session.close();
            Expect.closed("run of a closed session", () -> session.run(X, Y));
        }
    }

    private static void closedExecutable(Subject subject) {
        Executable executable = Compilation.compile(subject.backend(), Programs.doubling(3));
        executable.close();
        Expect.closed("open() of a closed executable", executable::open);
    }

    private static void closedState(Subject subject) {
        State state = subject.backend().state(Programs.weight(1, 2, 3));
        try (Executable executable = Compilation.compile(subject.backend(), Programs.reading());
                Session session = executable.open(state)) {
            state.close();
            Expect.closed("read() of a closed state", state::read);
            Expect.closed("run on a closed state", () -> session.run(X, Y));
            Expect.closed("open() on a closed state", () -> executable.open(state));
        }
    }

    private static void closedBackend(Subject subject) {
        Backend backend = subject.open(BackendOptions.defaults());
        backend.close();
        Expect.closed("compile() of a closed backend", () -> Compilation.compile(backend, Programs.doubling(3)));
        Expect.closed("state() of a closed backend", () -> backend.state(Programs.weight(1, 2, 3)));
    }

    private static void executableClosesSessions(Subject subject) {
        Executable executable = Compilation.compile(subject.backend(), Programs.doubling(3));
        Session session = executable.open();
        session.run(X, Y);
        executable.close();
        Expect.closed("run after its executable was closed", () -> session.run(X, Y));
    }

    private static void backendClosesEverything(Subject subject) {
        Backend backend = subject.open(BackendOptions.defaults());
        Executable executable = Compilation.compile(backend, Programs.doubling(3));
        Session session = executable.open();
        State state = backend.state(Programs.weight(1, 2, 3));
        backend.close();
        Expect.closed("run after its backend was closed", () -> session.run(X, Y));
        Expect.closed("open() after its backend was closed", executable::open);
        Expect.closed("read() after its backend was closed", state::read);
    }

    private static void closedTwice(Subject subject) {
        Backend backend = subject.open(BackendOptions.defaults());
        Executable executable = Compilation.compile(backend, Programs.doubling(3));
        Session session = executable.open();
        State state = backend.state(Programs.weight(1, 2, 3));
        List<AutoCloseable> all = List.of(session, state, executable, backend);
        for (int round = 0; round < 2; round++) {
            for (AutoCloseable closeable : all) {
                close(closeable);
            }
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError("close() of " + closeable.getClass().getName() + " threw " + e, e);
        }
    }

    /** float64 is the reference interpreter's type; a backend has it or says that it has not. */
    private static void refusesByName(Subject subject) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.of(DataType.FLOAT64, 2));
        g.output("y", g.in("block1/scale", () -> g.unary(UnaryFn.NEG, x)));
        Graph graph = g.build();
        Map<String, Tensor> inputs = Map.of("x", Tensor.of(new double[] {1, 2}, 2));
        Map<String, Tensor> outputs;
        try {
            outputs = subject.run(graph, inputs);
        } catch (BackendException e) {
            for (String part :
                    List.of("Unary", "block1/scale", subject.provider().name())) {
                Expect.that(
                        String.valueOf(e.getMessage()).contains(part),
                        "The refusal does not name '" + part + "': " + e.getMessage());
            }
            return;
        }
        Expect.same("outputs", Map.of("y", Tensor.of(new double[] {-1, -2}, 2)), outputs);
    }

    private static void namedDimensions(Subject subject) {
        GraphBuilder g = new GraphBuilder();
        Shape shape = Shape.ofDims(List.of(Dim.named("batch"), Dim.of(2)));
        g.output("y", g.unary(UnaryFn.NEG, g.input("x", new TensorSpec(DataType.FLOAT32, shape))));
        Graph graph = g.build();
        if (!subject.backend().acceptsNamedDimensions()) {
            Expect.refusal(
                    BackendException.class,
                    "a named batch",
                    () -> Compilation.compile(subject.backend(), graph),
                    "bind");
            throw new NotApplicableException("needs known sizes, and says so");
        }
        try (Executable executable = Compilation.compile(subject.backend(), graph);
                Session session = executable.open()) {
            for (int batch : new int[] {1, 3, 2, 0}) {
                Tensor x = Tensor.full(TensorSpec.float32(batch, 2), 5);
                Tensor y = Tensor.full(TensorSpec.float32(batch, 2), -5);
                Expect.same("batch of " + batch, Map.of("y", y), session.run(Map.of("x", x), Y));
            }
        }
    }

    private static void name(Subject subject) {
        String expected = subject.provider().name();
        Expect.that(
                expected.matches("[a-z0-9-]+"),
                "A name has lower-case letters, digits and hyphens: '" + expected + "'");
        String actual = subject.backend().name();
        Expect.that(actual.equals(expected), "The provider is '" + expected + "', its backend '" + actual + "'");
    }

    private static void again(Subject subject) {
        Graph graph = Programs.doubling(1000);
        Map<String, Tensor> inputs = Map.of("x", Tensor.full(TensorSpec.float32(1000), 1));
        for (int i = 0; i < 200; i++) {
            subject.run(graph, inputs);
        }
        for (int i = 0; i < 5; i++) {
            try (Backend backend = subject.open(BackendOptions.defaults())) {
                Subject.run(backend, graph, inputs);
            }
        }
    }
}
