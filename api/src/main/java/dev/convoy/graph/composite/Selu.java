package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = 1.0507 · (x > 0 ? x : 1.6733 · (exp(x) - 1))}, the constants to double precision (Keras 3 {@code selu},
 * ONNX 22 Selu; Klambauer et al., "Self-Normalizing Neural Networks", 2017).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record Selu() implements ElementwiseComposite {

    private static final double ALPHA = 1.6732632423543772;
    private static final double SCALE = 1.0507009873554805;

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.mul(g.add(new Elu(ALPHA), x), SCALE));
    }
}
