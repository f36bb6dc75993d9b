package dev.convoy.conformance.session;

import dev.convoy.conformance.check.Capability;
import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules of executables and sessions.
 *
 * <ul>
 *   <li>S1: two runs on the same inputs give the same bits, in one session and in two.
 *   <li>S2: results are tensors of their own: a later run does not change them, and no run changes its inputs.
 *   <li>S3: a run gives the outputs that are fetched, and no others; an output may be an input, a constant, or stand
 *       under two names; an input may be unused.
 *   <li>S4: an input that is missing, unknown or of another spec, and an output that is unknown, are refused by an
 *       IllegalArgumentException that names it; the session can be used afterwards.
 *   <li>S5: the signature is that of the graph, in its order.
 *   <li>S6: results do not depend on the number of threads.
 *   <li>S7: an executable may be used by several threads at once, each with its own session.
 *   <li>S8: two backends in one JVM do not disturb one another.
 * </ul>
 */
public final class SessionChecks {

    private SessionChecks() {}

    public static List<ConformanceCheck> all() {
        return List.of(
                check("S1/same-session", SessionChecks::repeats),
                check("S1/two-sessions", SessionChecks::sessionsAgree),
                check("S2/later-runs-leave-results-alone", SessionChecks::resultsAreOwn),
                check("S2/inputs-are-left-alone", SessionChecks::inputsAreUntouched),
                check("S3/only-what-is-fetched", SessionChecks::fetches),
                check("S3/an-input-as-output", SessionChecks::passesThrough),
                check("S4/missing-input", s -> refuses(s, Map.of(), "'x'")),
                check("S4/unknown-input", s -> refuses(s, Map.of("x", vector(), "z", vector()), "z")),
                check("S4/wrong-shape", s -> refuses(s, Map.of("x", Tensor.of(new float[4], 4)), "'x'", "[3]", "[4]")),
                check(
                        "S4/wrong-type",
                        s -> refuses(s, Map.of("x", Tensor.of(new int[3], 3)), "'x'", "float32", "int32")),
                check("S4/unknown-output", SessionChecks::refusesUnknownOutput),
                check("S5/signature", SessionChecks::signature),
                check("S6/threads-1-2-3", SessionChecks::threadCountsAgree),
                check("S7/four-threads", SessionChecks::concurrency),
                check("S8/two-backends", SessionChecks::twoBackends));
    }

    private static ConformanceCheck check(String name, ConformanceCheck.Action action) {
        return new ConformanceCheck("required/session." + name, action);
    }

    private static Tensor vector() {
        return Programs.vector(1, 2, 3);
    }

    private static void repeats(Subject subject) {
        subject.require(Capability.SAME_BITS_EVERY_RUN);
        Graph graph = Programs.network();
        Set<String> all = graph.outputs().keySet();
        try (Executable executable = Compilation.compile(subject.backend(), graph);
                Session session = executable.open()) {
            Map<String, Tensor> first = session.run(Programs.pictures(1), all);
            session.run(Programs.pictures(2), all);
            for (int i = 0; i < 3; i++) {
                Expect.same("run " + (i + 2), first, session.run(Programs.pictures(1), all));
            }
        }
    }

    private static void sessionsAgree(Subject subject) {
        subject.require(Capability.SAME_BITS_EVERY_RUN);
        Graph graph = Programs.network();
        Set<String> all = graph.outputs().keySet();
        try (Executable executable = Compilation.compile(subject.backend(), graph);
                Session one = executable.open();
                Session two = executable.open()) {
            Expect.same("second session", one.run(Programs.pictures(1), all), two.run(Programs.pictures(1), all));
        }
    }

    @SuppressWarnings("try") // closed before its turn, on purpose
    private static void resultsAreOwn(Subject subject) {
        try (Executable executable = Compilation.compile(subject.backend(), Programs.doubling(3));
                Session session = executable.open()) {
            Tensor first = y(session, Programs.vector(1, 2, 3));
            Tensor second = y(session, Programs.vector(10, 20, 30));
            Expect.same("first result", Programs.vector(2, 4, 6), first);
            Expect.same("second result", Programs.vector(20, 40, 60), second);
            session.close();
            Expect.same("result after close", Programs.vector(20, 40, 60), second);
        }
    }

    private static Tensor y(Session session, Tensor x) {
        Tensor y = session.run(Map.of("x", x), Set.of("y")).get("y");
        if (y == null) {
            throw new AssertionError("Output 'y' was fetched, but is not there");
        }
        return y;
    }

    private static void inputsAreUntouched(Subject subject) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(3));
        g.output("y", g.unary(UnaryFn.EXP, g.unary(UnaryFn.NEG, x)));
        Tensor given = Programs.vector(1, 2, 3);
        subject.run(g.build(), Map.of("x", given));
        Expect.same("input after the run", Programs.vector(1, 2, 3), given);
    }

    private static void fetches(Subject subject) {
        Graph graph = Programs.network();
        try (Executable executable = Compilation.compile(subject.backend(), graph);
                Session session = executable.open()) {
            for (Set<String> fetch : List.of(
                    Set.of("classes"), Set.of("features"), graph.outputs().keySet(), Set.<String>of())) {
                Set<String> given = session.run(Programs.pictures(1), fetch).keySet();
                Expect.that(given.equals(fetch), "fetched " + fetch + ", got " + given);
            }
        }
    }

    private static void passesThrough(Subject subject) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(3));
        g.input("unused", TensorSpec.float32(2));
        Value doubled = g.add(x, x);
        g.output("same", x);
        g.output("constant", g.constant(Programs.vector(7, 8)));
        g.output("one", doubled);
        g.output("two", doubled);
        Map<String, Tensor> outputs = subject.run(g.build(), Map.of("x", vector(), "unused", Programs.vector(0, 0)));
        Tensor twice = Programs.vector(2, 4, 6);
        Expect.same(
                "outputs",
                Map.of("same", vector(), "constant", Programs.vector(7, 8), "one", twice, "two", twice),
                outputs);
    }

    private static void refuses(Subject subject, Map<String, Tensor> inputs, String... parts) {
        try (Executable executable = Compilation.compile(subject.backend(), Programs.doubling(3));
                Session session = executable.open()) {
            Set<String> fetch = Set.of("y");
            Expect.refusal(IllegalArgumentException.class, "run on " + inputs, () -> session.run(inputs, fetch), parts);
            Expect.same("run after the refusal", Programs.vector(2, 4, 6), y(session, vector()));
        }
    }

    private static void refusesUnknownOutput(Subject subject) {
        try (Executable executable = Compilation.compile(subject.backend(), Programs.doubling(3));
                Session session = executable.open()) {
            Expect.refusal(
                    IllegalArgumentException.class,
                    "fetch of 'z'",
                    () -> session.run(Map.of("x", vector()), Set.of("y", "z")),
                    "z");
            Expect.same("run after the refusal", Programs.vector(2, 4, 6), y(session, vector()));
        }
    }

    private static void signature(Subject subject) {
        GraphBuilder g = new GraphBuilder();
        Value b = g.input("b", TensorSpec.float32(2, 3));
        Value a = g.input("a", TensorSpec.float32(3));
        g.output("z", g.add(a, b));
        g.output("y", g.mul(a, b));
        Graph graph = g.build();
        try (Executable executable = Compilation.compile(subject.backend(), graph)) {
            Signature expected = Signature.of(graph);
            Signature actual = executable.signature();
            Expect.that(actual.equals(expected), "signature: expected " + expected + ", got " + actual);
            Expect.that(
                    List.copyOf(actual.inputs().keySet()).equals(List.of("b", "a")), "inputs out of order: " + actual);
            Expect.that(
                    List.copyOf(actual.outputs().keySet()).equals(List.of("z", "y")),
                    "outputs out of order: " + actual);
        }
    }

    private static void threadCountsAgree(Subject subject) {
        subject.require(Capability.SAME_BITS_FOR_ANY_THREAD_COUNT);
        Graph graph = Programs.network();
        Map<String, Tensor> expected = null;
        for (int threads = 1; threads <= 3; threads++) {
            try (Backend backend = subject.open(BackendOptions.defaults().withThreads(threads))) {
                Map<String, Tensor> actual = Subject.run(backend, graph, Programs.pictures(1));
                if (expected == null) {
                    expected = actual;
                }
                Expect.same(threads + " threads", expected, actual);
            }
        }
    }

    private static void concurrency(Subject subject) {
        subject.require(Capability.SAME_BITS_EVERY_RUN);
        Graph graph = Programs.network();
        List<Map<String, Tensor>> expected = List.of(0L, 1L, 2L, 3L).stream()
                .map(seed -> subject.run(graph, Programs.pictures(seed)))
                .toList();
        try (Executable executable = Compilation.compile(subject.backend(), graph)) {
            Concurrently.run(expected.size(), 5, (thread, round) -> {
                try (Session session = executable.open()) {
                    Map<String, Tensor> actual = session.run(
                            Programs.pictures(thread), graph.outputs().keySet());
                    Expect.same("thread " + thread + ", round " + round, expected.get(thread), actual);
                }
            });
        }
    }

    @SuppressWarnings("try") // closed before its turn, on purpose
    private static void twoBackends(Subject subject) {
        Graph graph = Programs.doubling(3);
        try (Backend other = subject.open(BackendOptions.defaults());
                Executable here = Compilation.compile(subject.backend(), graph);
                Executable there = Compilation.compile(other, graph);
                Session one = here.open();
                Session two = there.open()) {
            Expect.same("first backend", Programs.vector(2, 4, 6), y(one, vector()));
            Expect.same("second backend", Programs.vector(0, 2, 4), y(two, Programs.vector(0, 1, 2)));
            other.close();
            Expect.same("first backend, the second being closed", Programs.vector(2, 4, 6), y(one, vector()));
        }
    }
}
