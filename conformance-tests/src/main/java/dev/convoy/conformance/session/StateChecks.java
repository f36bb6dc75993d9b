package dev.convoy.conformance.session;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.Graph;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.State;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Rules of states.
 *
 * <ul>
 *   <li>T1: {@code read} gives what the state was made of, bit by bit, until a run updates it.
 *   <li>T2: a run sees the parameters as they were before it, and leaves its updates for the next.
 *   <li>T3: updates are applied at once: each is computed from the parameters before any of them.
 *   <li>T4: executables that share a state see each other's updates.
 *   <li>T5: what was read does not change, and neither do the tensors the state was made of.
 *   <li>T6: two states of the same parameters are independent.
 *   <li>T7: open() without a state, on a state that lacks a parameter or has it in another shape, and on another backend's
 *       state are refused.
 *   <li>T8: parameters that no graph updates stay as they are.
 * </ul>
 */
public final class StateChecks {

    private static final Map<String, Tensor> ONES = Map.of("x", Programs.vector(1, 1, 1));
    private static final Set<String> Y = Set.of("y");

    private StateChecks() {}

    public static List<ConformanceCheck> all() {
        return List.of(
                check("T1/read-gives-back", StateChecks::readGivesBack),
                check("T2/update-after-the-run", StateChecks::updates),
                check("T2/nothing-fetched", StateChecks::updatesWithoutFetch),
                check("T3/swap", StateChecks::swaps),
                check("T4/two-executables", StateChecks::sharedByExecutables),
                check("T4/convolution-kernel", StateChecks::sharedKernel),
                check("T5/read-is-a-copy", StateChecks::readIsACopy),
                check("T6/two-states", StateChecks::independent),
                check("T7/no-state", StateChecks::refusesNoState),
                check("T7/missing-parameter", StateChecks::refusesMissing),
                check("T7/wrong-shape", StateChecks::refusesWrongShape),
                check("T7/another-backend", StateChecks::refusesForeign),
                check("T8/unused-parameters", StateChecks::unusedStay));
    }

    private static ConformanceCheck check(String name, ConformanceCheck.Action action) {
        return new ConformanceCheck("required/state." + name, action);
    }

    @FunctionalInterface
    private interface Body {
        void run(State state, Session session);
    }

    private static void with(Subject subject, Graph graph, Parameters parameters, Body body) {
        try (State state = subject.backend().state(parameters);
                Executable executable = Compilation.compile(subject.backend(), graph);
                Session session = executable.open(state)) {
            body.run(state, session);
        }
    }

    private static Map<String, Tensor> y(float... values) {
        return Map.of("y", Programs.vector(values));
    }

    private static void readGivesBack(Subject subject) {
        Random random = new Random(4);
        Parameters parameters = Parameters.of(Map.of(
                "kernel", Programs.random(random, Shape.of(3, 3, 5, 7)),
                "matrix", Programs.random(random, Shape.of(9, 33)),
                "scalar", Tensor.scalar(1.5f),
                "step", Tensor.scalar(7L)));
        try (State state = subject.backend().state(parameters)) {
            Expect.same("parameters", parameters.asMap(), state.read().asMap());
        }
    }

    private static void updates(Subject subject) {
        with(subject, Programs.accumulating(), Programs.weight(1, 2, 3), (state, session) -> {
            Expect.same("first run", y(1, 2, 3), session.run(ONES, Y));
            Expect.same("after it", Programs.vector(2, 3, 4), state.read().get("weight"));
            Expect.same("second run", y(2, 3, 4), session.run(ONES, Y));
            Expect.same("after it", Programs.vector(3, 4, 5), state.read().get("weight"));
        });
    }

    private static void updatesWithoutFetch(Subject subject) {
        with(subject, Programs.accumulating(), Programs.weight(1, 2, 3), (state, session) -> {
            session.run(ONES, Set.of());
            Expect.same("after the run", Programs.vector(2, 3, 4), state.read().get("weight"));
        });
    }

    private static void swaps(Subject subject) {
        Parameters parameters = Parameters.of(Map.of("a", Programs.vector(1, 2), "b", Programs.vector(10, 20)));
        with(subject, Programs.swapping(), parameters, (state, session) -> {
            for (int run = 0; run < 3; run++) {
                Map<String, Tensor> sum = session.run(Map.of(), Set.of("sum"));
                Expect.same("run " + run, Map.of("sum", Programs.vector(11, 22)), sum);
            }
            Expect.same("a", Programs.vector(10, 20), state.read().get("a"));
            Expect.same("b", Programs.vector(1, 2), state.read().get("b"));
        });
    }

    private static void sharedByExecutables(Subject subject) {
        with(subject, Programs.accumulating(), Programs.weight(1, 2, 3), (state, training) -> {
            try (Executable executable = Compilation.compile(subject.backend(), Programs.reading());
                    Session evaluation = executable.open(state)) {
                Expect.same("before", y(1, 2, 3), evaluation.run(ONES, Y));
                training.run(ONES, Y);
                Expect.same("after one step", y(2, 3, 4), evaluation.run(ONES, Y));
                training.run(ONES, Y);
                Expect.same("after two steps", y(3, 4, 5), evaluation.run(ONES, Y));
            }
        });
    }

    private static void sharedKernel(Subject subject) {
        Random random = new Random(9);
        Tensor kernel = Programs.random(random, Shape.of(3, 3, 3, 4));
        Tensor x = Programs.random(random, Shape.of(2, 6, 6, 3));
        with(subject, Programs.convolutionStep(), Parameters.of(Map.of("kernel", kernel)), (state, session) -> {
            session.run(Map.of("x", x, "step", kernel), Y);
            Tensor nothing = Tensor.zeros(kernel.spec());
            Expect.same("kernel minus itself", nothing, state.read().get("kernel"));
            Map<String, Tensor> zeros = Map.of("y", Tensor.zeros(TensorSpec.float32(2, 4, 4, 4)));
            Expect.same(
                    "convolution with the kernel as it is now", zeros, session.run(Map.of("x", x, "step", nothing), Y));
        });
    }

    private static void readIsACopy(Subject subject) {
        Tensor given = Programs.vector(1, 2, 3);
        with(subject, Programs.accumulating(), Parameters.of(Map.of("weight", given)), (state, session) -> {
            Parameters before = state.read();
            session.run(ONES, Y);
            Expect.same("what was read before the run", Programs.vector(1, 2, 3), before.get("weight"));
            Expect.same("the tensor the state was made of", Programs.vector(1, 2, 3), given);
        });
    }

    private static void independent(Subject subject) {
        Parameters parameters = Programs.weight(1, 2, 3);
        try (State other = subject.backend().state(parameters)) {
            with(subject, Programs.accumulating(), parameters, (state, session) -> session.run(ONES, Y));
            Expect.same(
                    "the other state", Programs.vector(1, 2, 3), other.read().get("weight"));
        }
    }

    private static void refusesNoState(Subject subject) {
        try (Executable executable = Compilation.compile(subject.backend(), Programs.reading())) {
            Expect.refusal(IllegalStateException.class, "open() of a graph with parameters", executable::open);
        }
    }

    private static void refusesMissing(Subject subject) {
        Parameters others = Parameters.of(Map.of("other", Programs.vector(1, 2, 3)));
        try (State state = subject.backend().state(others);
                Executable executable = Compilation.compile(subject.backend(), Programs.reading())) {
            Expect.refusal(
                    IllegalArgumentException.class,
                    "open() on a state without 'weight'",
                    () -> executable.open(state),
                    "weight");
        }
    }

    private static void refusesWrongShape(Subject subject) {
        try (State state = subject.backend().state(Programs.weight(1, 2));
                Executable executable = Compilation.compile(subject.backend(), Programs.reading())) {
            Expect.refusal(
                    IllegalArgumentException.class,
                    "open() on a shorter 'weight'",
                    () -> executable.open(state),
                    "weight");
        }
    }

    private static void refusesForeign(Subject subject) {
        State foreign = new State() {
            @Override
            public Parameters read() {
                return Programs.weight(1, 2, 3);
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
        try (Executable executable = Compilation.compile(subject.backend(), Programs.reading())) {
            Expect.refusal(
                    IllegalArgumentException.class,
                    "open() on another backend's state",
                    () -> executable.open(foreign));
        }
    }

    private static void unusedStay(Subject subject) {
        Parameters parameters = Parameters.of(Map.of("weight", Programs.vector(1, 2, 3), "other", Programs.vector(5)));
        with(subject, Programs.accumulating(), parameters, (state, session) -> {
            session.run(ONES, Y);
            Expect.same(
                    "a parameter that the graph does not name",
                    Programs.vector(5),
                    state.read().get("other"));
        });
    }
}
