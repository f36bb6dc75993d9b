package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x - tanh(x)} (Keras 3 {@code tanh_shrink}).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record TanhShrink() implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.sub(x, g.unary(UnaryFn.TANH, x)));
    }
}
