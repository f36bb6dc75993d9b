package dev.convoy.graph.composite;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x <= -1 ? 0 : x < 1 ? (x + 1)² / 4 : x} (Keras 3 {@code sparse_plus}).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record SparsePlus() implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        Value shifted = g.mul(g.add(g.add(new Clip(-1, 1), x), 1), 0.5);
        return List.of(g.select(g.compare(CompareFn.GE, x, 1), x, g.mul(shifted, shifted)));
    }
}
