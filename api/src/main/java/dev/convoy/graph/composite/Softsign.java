package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x / (1 + |x|)} (Keras 3 {@code softsign}, ONNX 22 Softsign).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record Softsign() implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.div(x, g.add(g.unary(UnaryFn.ABS, x), 1)));
    }
}
