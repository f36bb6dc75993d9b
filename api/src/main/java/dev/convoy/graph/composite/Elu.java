package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x > 0 ? x : alpha · (exp(x) - 1)} (Keras 3 {@code elu}, ONNX 22 Elu; default alpha 1; Clevert et al.,
 * 2015).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record Elu(double alpha) implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        Value bent = g.mul(g.unary(UnaryFn.EXPM1, g.binary(BinaryFn.MIN, x, 0)), alpha);
        return List.of(g.select(g.compare(CompareFn.GT, x, 0), x, bent));
    }
}
