package dev.convoy.graph.update;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Keras 3 {@code Adamax} (Kingma and Ba 2014, section 7): {@code m' = β₁·m + (1-β₁)·g}, {@code u' = max(β₂·u, |g|)},
 * {@code w' = w - lr·m' / ((1-β₁^t)·(u' + ε))}. Slots: {@code momentum}, {@code norm}.
 *
 * @param beta1 β₁; Keras' default is 0.9
 * @param beta2 β₂; Keras' default is 0.999
 * @param epsilon Keras' default is 1e-7
 */
public record AdamaxUpdate(double beta1, double beta2, double epsilon) implements UpdateOp {

    public AdamaxUpdate {
        AdamUpdate.Betas.check("AdamaxUpdate", beta1, beta2);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.zeros("momentum"), Slot.zeros("norm"));
    }

    @Override
    public List<Value> write(GraphBuilder g, Operands o) {
        Value momentum = Moments.decayed(g, o.slots().getFirst(), o.gradient(), beta1);
        Value decayed = Moments.flushed(g, g.mul(o.slots().get(1), beta2));
        Value norm = g.max(decayed, g.unary(UnaryFn.ABS, o.gradient()));
        Value divisor = g.mul(g.add(norm, epsilon), Moments.correction(g, beta1, o.step(), o.parameter()));
        return List.of(g.sub(o.parameter(), g.div(g.mul(momentum, o.learningRate()), divisor)), momentum, norm);
    }
}
