package dev.convoy.graph.composite;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = |x| > threshold ? x : 0}; NaN stays NaN (Keras 3 {@code hard_shrink}, default 0.5).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record HardShrink(double threshold) implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        Value inside = g.compare(CompareFn.LE, g.unary(UnaryFn.ABS, x), threshold);
        return List.of(g.select(inside, g.scalar(0, x.spec().type()), x));
    }
}
