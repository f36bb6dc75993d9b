package dev.convoy.spi.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReductionOp.TopK;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Plays runs of random graphs through their memory plans: every operand is still there when a step takes it. */
class MemoryPlanTest {

    /** Kernels that are never run; elementwise steps may work in place. */
    static final Kernels KERNELS = new Kernels() {
        @Override
        public Kernel kernel(Step step) {
            throw new IllegalStateException("No step is run here");
        }

        @Override
        public boolean inPlace(Step step, int input) {
            return step.first().op() instanceof ElementwiseOp;
        }
    };

    private static Graph random(SplittableRandom random) {
        GraphBuilder g = new GraphBuilder();
        List<Value> values = new ArrayList<>();
        values.add(g.input("x", TensorSpec.float32(4, 4)));
        Value parameter = g.parameter("p", TensorSpec.float32(4, 4));
        values.add(parameter);
        for (int i = 0; i < 30; i++) {
            Value a = values.get(random.nextInt(values.size()));
            Value b = values.get(random.nextInt(values.size()));
            switch (random.nextInt(7)) {
                case 0, 1 -> values.add(g.unary(UnaryFn.NEG, a));
                case 2 -> values.add(g.add(a, b));
                case 3 -> values.add(g.matMul(a, b));
                case 4 -> values.add(g.reshape(g.reshape(a, Shape.of(16)), Shape.of(4, 4)));
                case 5 -> values.add(g.select(g.compare(CompareFn.LT, a, b), a, b));
                default -> values.add(g.add(new TopK(4, random.nextInt(2), true), a));
            }
        }
        g.output("last", values.getLast());
        g.output("some", values.get(random.nextInt(values.size())));
        g.update("p", values.get(random.nextInt(values.size())));
        return g.build();
    }

    @Test
    void noStepFindsAnOperandOverwritten() {
        int shared = 0;
        for (int seed = 0; seed < 500; seed++) {
            Schedule schedule = Schedule.of(random(new SplittableRandom(seed)), List.of());
            MemoryPlan plan = MemoryPlan.of(schedule, KERNELS);
            MemoryPlan apart = MemoryPlan.withoutSharing(schedule);
            assertEquals(apart.places().keySet(), Map.copyOf(plan.places()).keySet());
            assertEquals(apart.places().size(), apart.buffers().size());
            assertTrue(plan.elements() <= apart.elements());
            shared += plan.buffers().size() < apart.buffers().size() ? 1 : 0;
            play(schedule, plan);
        }
        assertTrue(shared > 400, "only " + shared + " plans share anything");
    }

    private static void play(Schedule schedule, MemoryPlan plan) {
        Map<Integer, Value> holds = new HashMap<>();
        for (Step step : schedule.steps()) {
            List<Value> inputs = step.inputs();
            for (Value input : inputs) {
                requireThere(schedule, plan, holds, input);
            }
            for (Value output : step.outputs()) {
                Integer place = plan.places().get(output);
                if (place == null) {
                    continue;
                }
                MemoryPlan.Buffer buffer = plan.buffers().get(place);
                assertSame(output.spec().type().storage(), buffer.storage());
                assertTrue(buffer.length() >= output.shape().elements());
                for (int i = 0; i < inputs.size(); i++) {
                    boolean overwrites = place.equals(plan.places().get(schedule.source(inputs.get(i))));
                    assertTrue(!overwrites || KERNELS.inPlace(step, i), "in place without leave: " + step);
                }
                Value before = holds.put(place, output);
                assertTrue(before == null || !step.outputs().contains(before), "two results in one buffer");
            }
        }
        Graph graph = schedule.graph();
        graph.outputs().values().forEach(v -> requireThere(schedule, plan, holds, v));
        graph.updates().values().forEach(v -> {
            requireThere(schedule, plan, holds, v);
            Integer place = plan.places().get(schedule.source(v));
            long tenants =
                    plan.places().values().stream().filter(p -> p.equals(place)).count();
            assertTrue(place == null || tenants == 1, "an update shares its buffer");
        });
    }

    private static void requireThere(Schedule schedule, MemoryPlan plan, Map<Integer, Value> holds, Value value) {
        Value source = schedule.source(value);
        Integer place = plan.places().get(source);
        if (place == null) {
            assertTrue(source.producer().isEmpty(), source + " has no buffer");
        } else {
            assertSame(source, holds.get(place), "overwritten");
        }
    }

    @Test
    void aChainOfElementwiseStepsNeedsOneBuffer() {
        GraphBuilder g = new GraphBuilder();
        Value y = g.input("x", TensorSpec.float32(8));
        for (int i = 0; i < 5; i++) {
            y = g.unary(UnaryFn.NEG, y);
        }
        g.unary(UnaryFn.EXP, y);
        g.output("y", y);
        Schedule schedule = Schedule.of(g.build(), List.of());
        assertEquals(5, schedule.steps().size(), "the step nobody needs is left out");
        assertEquals(1, MemoryPlan.of(schedule, KERNELS).buffers().size());
    }

    @Test
    void aRuleMayNotHideAResultThatIsUsedOutside() {
        GraphBuilder g = new GraphBuilder();
        Value a = g.unary(UnaryFn.NEG, g.input("x", TensorSpec.float32(8)));
        g.output("a", a);
        g.output("b", g.unary(UnaryFn.EXP, a));
        FusionRule greedy = (first, uses) -> {
            List<Node> users = uses.users(first.output());
            return users.isEmpty() ? List.of() : List.of(first, users.getFirst());
        };
        Graph graph = g.build();
        assertThrows(IllegalStateException.class, () -> Schedule.of(graph, List.of(greedy)));
    }
}
