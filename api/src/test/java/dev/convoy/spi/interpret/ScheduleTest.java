package dev.convoy.spi.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final int PARAMETERS = 4;

    /** A chain of "gradients" for parameters, all updates at the end, by a rate that is computed there. */
    private static Schedule training() {
        GraphBuilder g = new GraphBuilder();
        Value y = g.input("x", TensorSpec.float32(8));
        List<Value> gradients = new ArrayList<>();
        for (int i = 0; i < PARAMETERS; i++) {
            y = g.unary(UnaryFn.SIN, y);
            gradients.add(g.unary(UnaryFn.EXP, y));
        }
        Value rate = g.mul(g.input("rate", TensorSpec.float32()), 0.5);
        for (int i = 0; i < PARAMETERS; i++) {
            Value scaled = g.unary(UnaryFn.NEG, gradients.get(i));
            Value parameter = g.parameter("p" + i, TensorSpec.float32(8));
            g.update("p" + i, g.select(g.compare(CompareFn.GT, scaled, rate), scaled, parameter));
        }
        g.output("y", y);
        return Schedule.of(
                g.build(),
                List.of((first, uses) -> first.op().name().equals("Unary")
                                && uses.onlyUser(first.output()).isEmpty()
                                && uses.users(first.output()).size() == 2
                                && uses.users(first.output())
                                        .getFirst()
                                        .op()
                                        .name()
                                        .equals("Compare")
                        ? List.of(
                                first,
                                uses.users(first.output()).getFirst(),
                                uses.users(first.output()).getLast())
                        : List.of()));
    }

    @Test
    void updatesRunAsSoonAsTheirGradientsAreThere() {
        List<String> updates = new ArrayList<>();
        Schedule schedule = training();
        List<Value> values = List.copyOf(schedule.graph().updates().values());
        List<Step> steps = schedule.steps();
        for (int i = 1; i < steps.size(); i++) {
            int parameter = values.indexOf(steps.get(i).outputs().getFirst());
            if (parameter >= 0) {
                updates.add("p" + parameter);
                List<Value> operands = steps.get(i).inputs();
                assertTrue(operands.contains(steps.get(i - 1).outputs().getFirst()), "behind its gradient");
            }
        }
        assertEquals(List.of("p0", "p1", "p2", "p3"), updates);
    }

    @Test
    void gradientsOfUpdatesThatAreDoneShareABuffer() {
        Schedule schedule = training();
        MemoryPlan plan = MemoryPlan.of(schedule, step -> {
            throw new UnsupportedOperationException(step.describe());
        });
        long others = plan.buffers().stream().filter(b -> b.length() == 8).count() - PARAMETERS;
        assertEquals(2, others, "the chain and one gradient");
    }
}
