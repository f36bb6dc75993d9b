package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.backend.cpu.kernel.UpdateKernel;
import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.update.AdadeltaUpdate;
import dev.convoy.graph.update.AdagradUpdate;
import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.AdamaxUpdate;
import dev.convoy.graph.update.NadamUpdate;
import dev.convoy.graph.update.RmsPropUpdate;
import dev.convoy.graph.update.SgdUpdate;
import dev.convoy.graph.update.UpdateOp;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.State;
import dev.convoy.spi.interpret.Schedule;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of optimizers in one pass: against their formulas op by op, bit by bit, and against the reference in double. */
class UpdateTest {

    /** Parts of chunks, and more than one thread's share. */
    private static final int[] SIZES = {1, 10, 40_003};

    static List<UpdateOp> updates() {
        return List.of(
                new SgdUpdate(0, false),
                new SgdUpdate(0.9, false),
                new SgdUpdate(0.9, true),
                new AdamUpdate(0.9, 0.999, 1e-7, true),
                new RmsPropUpdate(0.9, 0, 1e-7, false),
                new RmsPropUpdate(0.9, 0.5, 1e-3, true),
                new AdagradUpdate(0.1, 1e-7),
                new AdadeltaUpdate(0.95, 1e-7),
                new AdamaxUpdate(0.9, 0.999, 1e-7),
                new NadamUpdate(0.9, 0.999, 1e-7));
    }

    private enum Form {
        /** The composite. */
        ONE,
        /** Its ops, all of whose results are outputs, so that nothing is joined. */
        APART
    }

    /** A step with weight decay before it and a bound on the gradient. */
    private static Graph step(UpdateOp op, int size, Form form) {
        GraphBuilder g = new GraphBuilder();
        Value parameter = g.input("parameter", TensorSpec.float32(size));
        Value gradient = g.input("gradient", TensorSpec.float32(size));
        Value rate = g.input("rate", TensorSpec.float32());
        Value step = g.input("step", new TensorSpec(DataType.INT64, Shape.SCALAR));
        List<Value> before = new ArrayList<>();
        for (UpdateOp.Slot slot : op.slots()) {
            before.add(g.input(slot.name(), slot.spec(parameter.spec())));
        }
        Value scaled = g.mul(parameter, g.mul(rate, 0.01));
        Value decayed = g.sub(parameter, scaled);
        Value bounded = g.binary(BinaryFn.MIN, gradient, 1.5);
        if (form == Form.APART) {
            g.output("scaled", scaled);
            g.output("decayed", decayed);
            g.output("bounded", bounded);
        }
        List<Value> operands = new ArrayList<>(List.of(decayed, bounded, rate, step));
        operands.addAll(before);
        List<Value> after = form == Form.ONE ? g.add(op, operands) : op.decompose(g, operands);
        for (int i = 0; i < after.size(); i++) {
            g.output("result" + i, after.get(i));
        }
        return g.build();
    }

    private static Map<String, Tensor> operands(UpdateOp op, int size) {
        Map<String, Tensor> all = new HashMap<>();
        all.put("parameter", Cpu.random(1, size));
        all.put("gradient", Cpu.random(2, size));
        all.put("rate", Tensor.scalar(0.01f));
        all.put("step", Tensor.scalar(3L));
        for (UpdateOp.Slot slot : op.slots()) {
            float[] positive = Cpu.random(3, size).floats();
            for (int i = 0; i < size; i++) {
                positive[i] = 0.1f + 0.1f / (1 + positive[i] * positive[i]);
            }
            all.put(slot.name(), slot.scalar() ? Tensor.scalar(0.7f) : Tensor.of(positive, size));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("updates")
    void hasTheBitsOfTheFormulaOpByOp(UpdateOp op) {
        for (Cpu.Way way : Cpu.ways()) {
            for (int size : SIZES) {
                Map<String, Tensor> operands = operands(op, size);
                Map<String, Tensor> apart = Cpu.run(way, 1, step(op, size, Form.APART), operands);
                for (int threads = 1; threads <= 3; threads++) {
                    Map<String, Tensor> one = Cpu.run(way, threads, step(op, size, Form.ONE), operands);
                    one.forEach((name, tensor) -> assertArrayEquals(
                            apart.get(name).floats(), tensor.floats(), op + " " + name + " of " + size));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("updates")
    void followsTheReferenceInDouble(UpdateOp op) {
        int size = 1000;
        Map<String, Tensor> operands = operands(op, size);
        Map<String, Tensor> ours = Cpu.run(Cpu.ways().getLast(), 2, step(op, size, Form.ONE), operands);
        Map<String, Tensor> reference = ReferenceInterpreter.run(
                        step(op, size, Form.APART), operands, Parameters.empty())
                .outputs();
        ours.forEach((name, tensor) -> Cpu.assertClose(reference.get(name).doubles(), tensor, 2e-6));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void isOneStepWithWhatComesBefore(UpdateOp op) {
        Graph graph = step(op, 10, Form.ONE);
        long steps = Schedule.of(graph, List.of(UpdateKernel::match)).steps().stream()
                .filter(step -> step.outputs().getFirst().shape().elements() == 10)
                .count();
        assertEquals(2, steps, "decay with the update, and the bound");
    }

    @Test
    void adamDecaysWeightsInItsStep() {
        AdamUpdate op = new AdamUpdate(0.9, 0.999, 1e-7, false);
        for (Cpu.Way way : Cpu.ways()) {
            for (int size : SIZES) {
                Map<String, Tensor> operands = operands(op, size);
                float[] old = operands.get("parameter").floats();
                float[] gradient = operands.get("gradient").floats();
                float factor = 0.01f * operands.get("rate").floats()[0];
                float[] decayed = new float[size];
                float[] bounded = new float[size];
                for (int i = 0; i < size; i++) {
                    decayed[i] = old[i] - old[i] * factor;
                    bounded[i] = Math.min(gradient[i], 1.5f);
                }
                List<Tensor> alone = Cpu.op(
                        way,
                        2,
                        op,
                        Tensor.of(decayed, size),
                        Tensor.of(bounded, size),
                        operands.get("rate"),
                        operands.get("step"),
                        operands.get("momentum"),
                        operands.get("velocity"));
                Map<String, Tensor> joined = Cpu.run(way, 2, step(op, size, Form.ONE), operands);
                for (int i = 0; i < alone.size(); i++) {
                    assertArrayEquals(
                            alone.get(i).floats(), joined.get("result" + i).floats(), "result " + i);
                }
            }
        }
    }

    /** The update runs in front of a step that reads the parameter, which must see what it was before. */
    @Test
    void stepsBehindAnUpdateReadTheOldParameter() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(2));
        Value w = g.parameter("w", TensorSpec.float32(2));
        Value gradient = g.mul(x, 2);
        Value product = g.mul(g.unary(UnaryFn.NEG, gradient), w);
        g.output("product", product);
        Value moved = g.sub(w, gradient);
        g.update("w", moved);
        Graph graph = g.build();
        List<Value> order = Schedule.of(graph, List.of()).steps().stream()
                .map(step -> step.outputs().getFirst())
                .toList();
        assertTrue(order.indexOf(moved) < order.indexOf(product), "the update is early");
        for (Cpu.Way way : Cpu.ways()) {
            try (Backend backend = way.backend(2);
                    Executable executable = Compilation.compile(backend, graph);
                    State state = backend.state(Parameters.of(Map.of("w", Tensor.of(new float[] {10, 20}, 2))));
                    Session session = executable.open(state)) {
                Map<String, Tensor> inputs = Map.of("x", Tensor.of(new float[] {1, -3}, 2));
                assertArrayEquals(new float[] {-20, 120}, product(session, inputs));
                assertArrayEquals(new float[] {8, 26}, state.read().get("w").floats());
                assertArrayEquals(new float[] {-16, 156}, product(session, inputs));
                assertArrayEquals(new float[] {6, 32}, state.read().get("w").floats());
            }
        }
    }

    private static float[] product(Session session, Map<String, Tensor> inputs) {
        return Objects.requireNonNull(session.run(inputs, Set.of("product")).get("product"))
                .floats();
    }

    /** The parts are written into the Concat's result; the single numbers among them, and the update, run early. */
    @Test
    void anUpdateTakesWhatAConcatPutsTogether() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(3));
        Value w = g.parameter("w", TensorSpec.float32(5));
        Value negative = g.unary(UnaryFn.NEG, x);
        Value later = g.mul(x, 3);
        Value first = g.reduce(ReduceFn.SUM, x, List.of(0), true);
        Value last = g.reduce(ReduceFn.MAX, x, List.of(0), true);
        Value whole = g.concat(List.of(first, negative, last), 0);
        g.output("later", g.unary(UnaryFn.ABS, later));
        g.update("w", g.sub(w, whole));
        for (Cpu.Way way : Cpu.ways()) {
            try (Backend backend = way.backend(1);
                    Executable executable = Compilation.compile(backend, g.build());
                    State state = backend.state(Parameters.of(Map.of("w", Tensor.of(new float[5], 5))));
                    Session session = executable.open(state)) {
                Map<String, Tensor> results =
                        session.run(Map.of("x", Tensor.of(new float[] {1, -3, 5}, 3)), Set.of("later"));
                assertArrayEquals(
                        new float[] {3, 9, 15},
                        Objects.requireNonNull(results.get("later")).floats());
                assertArrayEquals(
                        new float[] {-3, 1, -3, 5, -5}, state.read().get("w").floats());
            }
        }
    }
}
