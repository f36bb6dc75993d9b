package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x · min(max(x + 3, 0), 6) / 6} (Keras 3 {@code hard_silu}, ONNX 22 HardSwish; Howard et al.,
 * MobileNetV3, 2019).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record HardSwish() implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.mul(x, g.mul(g.add(Clip.RELU6, g.add(x, 3)), 1 / 6.0)));
    }
}
