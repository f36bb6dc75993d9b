package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x · sigmoid(x)}, also called swish (Keras 3 {@code silu}, ONNX 24 Swish with alpha 1; Ramachandran et al.,
 * "Searching for Activation Functions", 2017).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record Silu() implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.mul(x, g.unary(UnaryFn.SIGMOID, x)));
    }
}
