package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = min(max(alpha · x + beta, 0), 1)} (ONNX 22 HardSigmoid, default 0.2 and 0.5; Keras 3
 * {@code hard_sigmoid} is 1/6 and 0.5, its {@code sparse_sigmoid} 0.5 and 0.5).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record HardSigmoid(double alpha, double beta) implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.add(new Clip(0, 1), g.add(g.mul(x, alpha), beta)));
    }
}
