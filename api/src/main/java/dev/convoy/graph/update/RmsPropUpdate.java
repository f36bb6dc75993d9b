package dev.convoy.graph.update;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras 3 {@code RMSprop} (Tieleman and Hinton 2012). {@code v' = ρ·v + (1-ρ)·g²}; centered: {@code a' = ρ·a + (1-ρ)·g}
 * and {@code d = v' - a'² + ε}, else {@code d = v' + ε}; {@code i = lr·g / √d}; with momentum {@code m' = μ·m + i} and
 * {@code w' = w - m'}, else {@code w' = w - i}. Slots: {@code velocity}, with momentum {@code momentum}, centered
 * {@code average_gradient}.
 *
 * @param rho Keras' default is 0.9
 * @param momentum μ; Keras' default is 0
 * @param epsilon Keras' default is 1e-7
 * @param centered Keras' default is false
 */
public record RmsPropUpdate(double rho, double momentum, double epsilon, boolean centered) implements UpdateOp {

    public RmsPropUpdate {
        Check.of("RmsPropUpdate")
                .that(
                        rho >= 0 && rho < 1 && momentum >= 0,
                        "C3",
                        "rho is in [0, 1) and momentum at least 0",
                        "0 <= rho < 1",
                        "rho " + rho + ", momentum " + momentum);
    }

    @Override
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>(List.of(Slot.zeros("velocity")));
        if (momentum > 0) {
            slots.add(Slot.zeros("momentum"));
        }
        if (centered) {
            slots.add(Slot.zeros("average_gradient"));
        }
        return slots;
    }

    @Override
    public List<Value> write(GraphBuilder g, Operands o) {
        List<Value> slots = new ArrayList<>();
        Value velocity = Moments.decayed(g, o.slots().getFirst(), Moments.square(g, o.gradient()), rho);
        slots.add(velocity);
        Value variance = velocity;
        Value average = null;
        if (centered) {
            average = Moments.decayed(g, o.slots().getLast(), o.gradient(), rho);
            variance = g.sub(velocity, Moments.square(g, average));
        }
        Value increment = g.div(g.mul(o.gradient(), o.learningRate()), Moments.sqrt(g, g.add(variance, epsilon)));
        if (momentum > 0) {
            increment = Moments.flushed(g, g.add(g.mul(o.slots().get(1), momentum), increment));
            slots.add(increment);
        }
        if (average != null) {
            slots.add(average);
        }
        slots.addFirst(g.sub(o.parameter(), increment));
        return slots;
    }
}
