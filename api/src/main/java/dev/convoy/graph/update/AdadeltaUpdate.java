package dev.convoy.graph.update;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Keras 3 {@code Adadelta} (Zeiler 2012): {@code a' = ρ·a + (1-ρ)·g²}, {@code δ = g·√(d + ε) / √(a' + ε)},
 * {@code d' = ρ·d + (1-ρ)·δ²}, {@code w' = w - lr·δ}. Slots: {@code accumulated_grad}, {@code accumulated_delta_var}.
 *
 * @param rho Keras' default is 0.95
 * @param epsilon Keras' default is 1e-7
 */
public record AdadeltaUpdate(double rho, double epsilon) implements UpdateOp {

    public AdadeltaUpdate {
        Check.of("AdadeltaUpdate").that(rho >= 0 && rho < 1, "C3", "rho is in [0, 1)", "0 <= rho < 1", rho);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.zeros("accumulated_grad"), Slot.zeros("accumulated_delta_var"));
    }

    @Override
    public List<Value> write(GraphBuilder g, Operands o) {
        Value gradients = Moments.decayed(g, o.slots().getFirst(), Moments.square(g, o.gradient()), rho);
        Value before = o.slots().get(1);
        Value ratio = g.div(Moments.sqrt(g, g.add(before, epsilon)), Moments.sqrt(g, g.add(gradients, epsilon)));
        Value delta = g.mul(o.gradient(), ratio);
        Value deltas = Moments.decayed(g, before, Moments.square(g, delta), rho);
        return List.of(g.sub(o.parameter(), g.mul(delta, o.learningRate())), gradients, deltas);
    }
}
