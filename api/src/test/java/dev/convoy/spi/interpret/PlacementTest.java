package dev.convoy.spi.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp.Concat;
import dev.convoy.graph.Node;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which results a schedule lets be written straight into a Concat's. */
class PlacementTest {

    private final GraphBuilder g = new GraphBuilder();

    /** Negations and Concats write wherever they are told to, nothing else does. */
    private static final class Writer implements Kernel {

        private final boolean anywhere;

        Writer(Step step) {
            anywhere = step.first().op() instanceof Concat
                    || step.first().op() instanceof Unary(UnaryFn fn) && fn == UnaryFn.NEG;
        }

        @Override
        public void run(Arguments arguments) {
            throw new IllegalStateException("No step is run here");
        }

        @Override
        public boolean writesTo(Place place) {
            return anywhere;
        }
    }

    private static Schedule placed(Graph graph) {
        return Schedule.of(graph, List.of()).placed(Writer::new);
    }

    private static List<String> ops(Schedule schedule) {
        return schedule.steps().stream()
                .map(Step::first)
                .map(Node::op)
                .map(op -> op.name())
                .toList();
    }

    private Value input(int... sizes) {
        return g.input("x", TensorSpec.float32(sizes));
    }

    private Value neg(Value x) {
        return g.unary(UnaryFn.NEG, x);
    }

    private Schedule placedWith(Value output) {
        g.output("y", output);
        return placed(g.build());
    }

    @Test
    void channelsLieInRows() {
        Value x = input(2, 5, 3);
        Value a = neg(x);
        Value b = neg(g.slice(x, 2, 0, 1));
        Value y = g.concat(List.of(a, b), 2);
        Schedule schedule = placedWith(y);
        assertEquals(new Place(0, 3, 4), schedule.place(a));
        assertEquals(new Place(3, 1, 4), schedule.place(b));
        assertSame(y, schedule.source(a));
        assertEquals(List.of("Unary", "Slice", "Unary"), ops(schedule));
    }

    @Test
    void behindAxesOfOneElementLieNeighbours() {
        Value x = input(1, 6, 4);
        Value a = neg(x);
        Value b = neg(g.reshape(x, Shape.of(24)));
        Value y = g.concat(List.of(a, g.reshape(b, Shape.of(1, 6, 4))), 1);
        Schedule schedule = placedWith(y);
        assertEquals(Place.neighbours(0), schedule.place(a));
        assertEquals(Place.neighbours(24), schedule.place(b), "through the reshape");
        assertSame(y, schedule.source(b));
        assertEquals(List.of("Unary", "Unary"), ops(schedule));
    }

    @Test
    void aConcatInAConcatIsOne() {
        Value x = input(2, 3, 4);
        Value a = neg(x);
        Value b = neg(x);
        Value c = neg(x);
        Value inner = g.concat(List.of(b, c), 2);
        Value y = g.concat(List.of(a, inner), 2);
        Schedule schedule = placedWith(y);
        assertEquals(new Place(0, 4, 12), schedule.place(a));
        assertEquals(new Place(4, 4, 12), schedule.place(b));
        assertEquals(new Place(8, 4, 12), schedule.place(c));
        assertSame(y, schedule.source(c));
        assertEquals(List.of("Unary", "Unary", "Unary"), ops(schedule));
    }

    @Test
    void whatLiesInNoEvenRowsIsCopied() {
        Value x = input(2, 3, 4);
        Value a = neg(x);
        Value b = neg(x);
        Value inner = g.concat(List.of(a, b), 1);
        Value y = g.concat(List.of(inner, g.concat(List.of(x, x), 1)), 2);
        Schedule schedule = placedWith(y);
        assertEquals(Place.WHOLE, schedule.place(a));
        assertSame(a, schedule.source(a));
        assertEquals(new Place(0, 4, 8), schedule.place(inner), "the inner Concat itself writes to its place");
        assertEquals(List.of("Unary", "Unary", "Concat", "Concat"), ops(schedule));
    }

    @Test
    void onlyWhatNobodyElseTakesIsPlaced() {
        Value x = input(2, 3, 4);
        Value leaving = neg(x);
        Value twice = neg(x);
        Value shared = neg(x);
        Value unable = g.unary(UnaryFn.EXP, x);
        Value able = neg(x);
        Value y = g.concat(List.of(x, leaving, twice, twice, shared, unable, able), 2);
        g.output("leaving", leaving);
        g.output("shared", g.unary(UnaryFn.EXP, shared));
        Schedule schedule = placedWith(y);
        for (Value copied : List.of(leaving, twice, shared, unable)) {
            assertSame(copied, schedule.source(copied));
            assertEquals(Place.WHOLE, schedule.place(copied));
        }
        assertSame(y, schedule.source(able));
        assertEquals(new Place(24, 4, 28), schedule.place(able));
        assertEquals(1, ops(schedule).stream().filter("Concat"::equals).count());
    }

    @Test
    void aWholeIsNeededFromItsFirstPartOn() {
        Value x = input(8);
        Value a = neg(x);
        Value middle = g.unary(UnaryFn.EXP, x);
        Value b = neg(middle);
        Value y = g.concat(List.of(a, b), 0);
        Schedule schedule = placedWith(y);
        MemoryPlan plan = MemoryPlan.of(schedule, MemoryPlanTest.KERNELS);
        assertEquals(List.of(y, middle), List.copyOf(plan.places().keySet()));
        assertNotEquals(plan.places().get(y), plan.places().get(middle));
        assertEquals((16 + 8) * Float.BYTES, plan.liveBytes());
    }

    @Test
    void aPartIsNotWrittenOverAnOperandAsLongAsTheWhole() {
        Value x = input(4, 2);
        Value operand = g.unary(UnaryFn.EXP, x);
        Value y = g.concat(List.of(neg(operand)), 1);
        Value sum = g.add(y, g.unary(UnaryFn.EXP, y));
        Schedule schedule = placedWith(sum);
        MemoryPlan plan = MemoryPlan.of(schedule, MemoryPlanTest.KERNELS);
        assertNotEquals(plan.places().get(operand), plan.places().get(y));
    }
}
