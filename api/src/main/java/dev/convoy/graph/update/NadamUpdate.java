package dev.convoy.graph.update;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Keras 3 {@code Nadam} (Dozat 2016). With {@code u_t = β₁·(1 - 0.96^t / 2)} and P the product of {@code u_1 … u_t}:
 * {@code m' = β₁·m + (1-β₁)·g}, {@code v' = β₂·v + (1-β₂)·g²},
 * {@code m̂ = u_{t+1}·m' / (1 - P·u_{t+1}) + (1-u_t)·g / (1-P)}, {@code v̂ = v' / (1-β₂^t)},
 * {@code w' = w - lr·m̂ / (√v̂ + ε)}. Slots: {@code momentum}, {@code velocity}, and the scalar {@code u_product}.
 *
 * @param beta1 β₁; Keras' default is 0.9
 * @param beta2 β₂; Keras' default is 0.999
 * @param epsilon Keras' default is 1e-7
 */
public record NadamUpdate(double beta1, double beta2, double epsilon) implements UpdateOp {

    public NadamUpdate {
        AdamUpdate.Betas.check("NadamUpdate", beta1, beta2);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.zeros("momentum"), Slot.zeros("velocity"), new Slot("u_product", 1, true));
    }

    @Override
    public List<Value> write(GraphBuilder g, Operands o) {
        Value step = g.cast(o.step(), o.parameter().spec().type());
        Value u = schedule(g, step);
        Value next = schedule(g, g.add(step, 1));
        Value product = g.mul(o.slots().get(2), u);
        Value momentum = Moments.decayed(g, o.slots().getFirst(), o.gradient(), beta1);
        Value velocity = Moments.decayed(g, o.slots().get(1), Moments.square(g, o.gradient()), beta2);
        Value ahead = g.mul(momentum, g.div(next, complement(g, g.mul(product, next))));
        Value now = g.mul(o.gradient(), g.div(complement(g, u), complement(g, product)));
        Value corrected = g.div(velocity, Moments.correction(g, beta2, o.step(), o.parameter()));
        Value divisor = g.add(Moments.sqrt(g, corrected), epsilon);
        Value moved = g.sub(o.parameter(), g.div(g.mul(g.add(ahead, now), o.learningRate()), divisor));
        return List.of(moved, momentum, velocity, product);
    }

    private Value schedule(GraphBuilder g, Value step) {
        Value decay = g.unary(UnaryFn.EXP, g.mul(step, Math.log(0.96)));
        return g.mul(complement(g, g.mul(decay, 0.5)), beta1);
    }

    private static Value complement(GraphBuilder g, Value x) {
        return g.binary(BinaryFn.SUB, g.scalar(1, x.spec().type()), x);
    }
}
