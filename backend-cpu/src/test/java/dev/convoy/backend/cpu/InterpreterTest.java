package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.State;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sessions, states and their ends on the CPU backend. */
class InterpreterTest {

    private static final TensorSpec PAIR = TensorSpec.float32(2);

    private static Tensor pair(float a, float b) {
        return Tensor.of(new float[] {a, b}, 2);
    }

    @Test
    void updatesThatExchangeParametersHappenAtOnce() {
        GraphBuilder g = new GraphBuilder();
        Value p = g.parameter("p", PAIR);
        Value q = g.parameter("q", PAIR);
        Value r = g.parameter("r", PAIR);
        Value s = g.parameter("s", PAIR);
        Value x = g.input("x", PAIR);
        Value sum = g.add(p, q);
        g.update("p", q);
        g.update("q", g.reshape(g.reshape(p, Shape.of(2, 1)), Shape.of(2)));
        g.update("r", sum);
        g.update("s", sum);
        Value t = g.parameter("t", PAIR);
        g.update("t", x);
        g.output("sum", sum);
        g.output("t", g.add(t, r));
        try (CpuBackend backend = Cpu.SCALAR.backend(1);
                Executable executable = Compilation.compile(backend, g.build());
                State state = backend.state(Parameters.of(
                        Map.of("p", pair(1, 2), "q", pair(3, 4), "r", pair(0, 0), "s", pair(0, 0), "t", pair(9, 9))));
                Session session = executable.open(state);
                Session other = executable.open(state)) {
            Tensor sum1 = session.run(Map.of("x", pair(7, 8)), Set.of("sum")).get("sum");
            Parameters after = state.read();
            assertEquals(Set.of(pair(3, 4), pair(1, 2)), Set.of(after.get("p"), after.get("q")));
            assertEquals(pair(3, 4), after.get("p"));
            assertEquals(pair(4, 6), after.get("r"));
            assertEquals(pair(4, 6), after.get("s"));
            assertEquals(pair(7, 8), after.get("t"));
            assertEquals(
                    pair(11, 14),
                    other.run(Map.of("x", pair(0, 0)), Set.of("t")).get("t"));
            assertEquals(pair(1, 2), state.read().get("p"));
            session.run(Map.of("x", pair(0, 0)), Set.of());
            assertEquals(pair(4, 6), sum1, "a result keeps its elements");
            assertEquals(pair(4, 6), after.get("r"), "what was read keeps its elements");
        }
    }

    @Test
    void outputsMayBeInputsConstantsAndEachOther() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", PAIR);
        Value y = g.unary(UnaryFn.NEG, x);
        g.output("x", x);
        g.output("constant", g.constant(pair(5, 6)));
        g.output("y", y);
        g.output("y again", g.reshape(y, Shape.of(2, 1)));
        Tensor given = pair(1, 2);
        Map<String, Tensor> results = Cpu.run(Cpu.SCALAR, 1, g.build(), Map.of("x", given));
        assertEquals(given, results.get("x"));
        assertTrue(given.array() != results.get("x").array(), "an output has an array of its own");
        assertEquals(pair(5, 6), results.get("constant"));
        assertEquals(pair(-1, -2), results.get("y"));
        assertArrayEquals(new float[] {-1, -2}, results.get("y again").floats());
    }

    @Test
    void aRunThatFailsChangesNoParameter() {
        GraphBuilder g = new GraphBuilder();
        Value n = g.parameter("n", TensorSpec.of(DataType.INT32, 1));
        Value x = g.input("x", n.spec());
        g.update("n", g.add(n, x));
        g.output("quotient", g.binary(BinaryFn.DIV, n, x));
        try (CpuBackend backend = Cpu.SCALAR.backend(1);
                Executable executable = Compilation.compile(backend, g.build());
                State state = backend.state(Parameters.of(Map.of("n", Tensor.of(new int[] {8}, 1))));
                Session session = executable.open(state)) {
            Tensor zero = Tensor.of(new int[1], 1);
            assertThrows(ArithmeticException.class, () -> session.run(Map.of("x", zero), Set.of()));
            assertEquals(8, state.read().get("n").ints()[0]);
            Tensor two = Tensor.of(new int[] {2}, 1);
            assertEquals(
                    4,
                    session.run(Map.of("x", two), Set.of("quotient"))
                            .get("quotient")
                            .ints()[0]);
            assertEquals(10, state.read().get("n").ints()[0]);
        }
    }

    @Test
    void messagesNameExpectedAndGot() {
        try (CpuBackend backend = Cpu.SCALAR.backend(1);
                Executable executable = Compilation.compile(backend, negation());
                Session session = executable.open()) {
            assertMessage("'x' is missing; expected float32[2]", () -> session.run(Map.of(), Set.of()));
            Tensor wrong = Tensor.of(new int[2], 2);
            assertMessage("expected float32[2], got int32[2]", () -> session.run(Map.of("x", wrong), Set.of()));
            assertMessage(
                    "There is no input 'z'; expected [x]",
                    () -> session.run(Map.of("x", pair(1, 2), "z", pair(1, 2)), Set.of()));
            assertMessage("expected some of [y], got [w]", () -> session.run(Map.of("x", pair(1, 2)), Set.of("w")));
        }
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
    }

    @Test
    void everyLevelClosesWhatItOpened() {
        CpuBackend backend = Cpu.SCALAR.backend(2);
        Executable executable = Compilation.compile(backend, negation());
        State state = backend.state(Parameters.empty());
        Session frozen = executable.open();
        Session stateful = executable.open(state);
        Session closed = executable.open();
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.run(Map.of("x", pair(1, 2)), Set.of("y")));
        state.close();
        assertThrows(IllegalStateException.class, state::read);
        assertThrows(IllegalStateException.class, () -> stateful.run(Map.of("x", pair(1, 2)), Set.of("y")));
        backend.close();
        assertThrows(IllegalStateException.class, () -> frozen.run(Map.of("x", pair(1, 2)), Set.of("y")));
        assertThrows(IllegalStateException.class, executable::open);
        assertThrows(IllegalStateException.class, () -> backend.compile(negation()));
        assertThrows(IllegalStateException.class, () -> backend.state(Parameters.empty()));
    }

    private static Graph negation() {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.unary(UnaryFn.NEG, g.input("x", PAIR)));
        return g.build();
    }
}
