package dev.convoy.graph.update;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Keras 3 {@code SGD}. Without momentum {@code w' = w - lr·g}. With momentum {@code m' = μ·m - lr·g} and
 * {@code w' = w + m'}, or with Nesterov's {@code w' = w + μ·m' - lr·g}. Slot with momentum: {@code momentum}.
 *
 * @param momentum μ, in {@code [0, 1]}; Keras' default is 0
 * @param nesterov Keras' default is false
 */
public record SgdUpdate(double momentum, boolean nesterov) implements UpdateOp {

    public SgdUpdate {
        Check.of("SgdUpdate")
                .that(
                        momentum >= 0 && momentum <= 1,
                        "C3",
                        "momentum is between 0 and 1",
                        "0 <= momentum <= 1",
                        momentum);
    }

    @Override
    public List<Slot> slots() {
        return momentum == 0 ? List.of() : List.of(Slot.zeros("momentum"));
    }

    @Override
    public List<Value> write(GraphBuilder g, Operands o) {
        Value scaled = g.mul(o.gradient(), o.learningRate());
        if (momentum == 0) {
            return List.of(g.sub(o.parameter(), scaled));
        }
        Value velocity = Moments.flushed(g, g.sub(g.mul(o.slots().getFirst(), momentum), scaled));
        Value moved = nesterov
                ? g.sub(g.add(o.parameter(), g.mul(velocity, momentum)), scaled)
                : g.add(o.parameter(), velocity);
        return List.of(moved, velocity);
    }
}
