package dev.convoy.graph.composite;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x >= 0 ? x : negativeSlope · x} (Keras 3 {@code leaky_relu}, default 0.2, of the layer 0.3; ONNX 16
 * LeakyRelu, default 0.01).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record LeakyRelu(double negativeSlope) implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.select(g.compare(CompareFn.GE, x, 0), x, g.mul(x, negativeSlope)));
    }
}
