package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x · tanh(softplus(x))} (Keras 3 {@code mish}, ONNX 22 Mish; Misra, 2019).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record Mish() implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.mul(x, g.unary(UnaryFn.TANH, g.add(new Softplus(), x))));
    }
}
