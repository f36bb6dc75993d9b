package dev.convoy.graph.update;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Keras 3 {@code Adagrad} (Duchi et al. 2011): {@code a' = a + g²}, {@code w' = w - lr·g / √(a' + ε)}. Slot:
 * {@code accumulator}.
 *
 * @param initialAccumulator the accumulator before the first step, at least 0; Keras' default is 0.1
 * @param epsilon Keras' default is 1e-7
 */
public record AdagradUpdate(double initialAccumulator, double epsilon) implements UpdateOp {

    public AdagradUpdate {
        Check.of("AdagradUpdate")
                .that(
                        initialAccumulator >= 0,
                        "C3",
                        "the accumulator starts at 0 or above",
                        ">= 0",
                        initialAccumulator);
    }

    @Override
    public List<Slot> slots() {
        return List.of(new Slot("accumulator", initialAccumulator, false));
    }

    @Override
    public List<Value> write(GraphBuilder g, Operands o) {
        Value accumulator = g.add(o.slots().getFirst(), Moments.square(g, o.gradient()));
        Value scaled = g.mul(o.gradient(), o.learningRate());
        return List.of(g.sub(o.parameter(), g.div(scaled, Moments.sqrt(g, g.add(accumulator, epsilon)))), accumulator);
    }
}
