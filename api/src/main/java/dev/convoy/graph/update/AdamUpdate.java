package dev.convoy.graph.update;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Keras 3 {@code Adam} (Kingma and Ba 2014):
 * {@code m' = β₁·m + (1-β₁)·g}, {@code v' = β₂·v + (1-β₂)·g²}, {@code α = lr·√(1-β₂^t) / (1-β₁^t)},
 * {@code w' = w - α·m' / (√v' + ε)}; with AMSGrad {@code u' = max(u, v')} stands for {@code v'} in it.
 * Slots: {@code momentum}, {@code velocity}, with AMSGrad {@code velocity_hat}.
 *
 * @param beta1 β₁; Keras' default is 0.9
 * @param beta2 β₂; Keras' default is 0.999
 * @param epsilon Keras' default is 1e-7
 * @param amsgrad Keras' default is false
 */
public record AdamUpdate(double beta1, double beta2, double epsilon, boolean amsgrad) implements UpdateOp {

    public AdamUpdate {
        Betas.check("AdamUpdate", beta1, beta2);
    }

    /** The checks on the two decays that Adam's family shares. */
    static final class Betas {
        private Betas() {}

        static void check(String op, double beta1, double beta2) {
            Check.of(op)
                    .that(
                            beta1 > 0 && beta1 < 1 && beta2 > 0 && beta2 < 1,
                            "C3",
                            "the betas are between 0 and 1",
                            "0 < beta < 1",
                            beta1 + " and " + beta2);
        }
    }

    @Override
    public List<Slot> slots() {
        List<Slot> slots = List.of(Slot.zeros("momentum"), Slot.zeros("velocity"), Slot.zeros("velocity_hat"));
        return amsgrad ? slots : slots.subList(0, 2);
    }

    @Override
    public List<Value> write(GraphBuilder g, Operands o) {
        Value momentum = Moments.decayed(g, o.slots().getFirst(), o.gradient(), beta1);
        Value velocity = Moments.decayed(g, o.slots().get(1), Moments.square(g, o.gradient()), beta2);
        Value largest = amsgrad ? g.max(o.slots().get(2), velocity) : velocity;
        Value rate = g.mul(o.learningRate(), Moments.sqrt(g, Moments.correction(g, beta2, o.step(), o.parameter())));
        Value alpha = g.div(rate, Moments.correction(g, beta1, o.step(), o.parameter()));
        Value change = g.div(g.mul(momentum, alpha), g.add(Moments.sqrt(g, largest), epsilon));
        Value moved = g.sub(o.parameter(), change);
        return amsgrad ? List.of(moved, momentum, velocity, largest) : List.of(moved, momentum, velocity);
    }
}
