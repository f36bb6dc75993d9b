package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = -log(1 + exp(-x))}, computed as {@code min(x, 0) - log1p(exp(-|x|))} (Keras 3 {@code log_sigmoid}, PyTorch
 * LogSigmoid).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record LogSigmoid() implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.sub(g.binary(BinaryFn.MIN, x, 0), Softplus.tail(g, x)));
    }
}
