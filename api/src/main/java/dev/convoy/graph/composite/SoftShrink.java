package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x - min(max(x, -threshold), threshold)}: towards zero by the threshold (Keras 3 {@code soft_shrink},
 * default 0.5).
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: the threshold is at least 0.
 * </ul>
 */
public record SoftShrink(double threshold) implements ElementwiseComposite {

    public SoftShrink {
        Check.of("SoftShrink").that(threshold >= 0, "C2", "the threshold is at least 0", ">= 0", threshold);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.sub(x, g.add(new Clip(-threshold, threshold), x)));
    }
}
