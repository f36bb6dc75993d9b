package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.CompositeGradient;
import dev.convoy.graph.gradient.Pullback;
import java.util.List;

/**
 * {@code y = -log(1 + exp(-x))}, computed as {@code min(x, 0) - log1p(exp(-|x|))} (Keras 3 {@code log_sigmoid}, PyTorch
 * LogSigmoid).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record LogSigmoid() implements ElementwiseComposite, CompositeGradient {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.sub(g.binary(BinaryFn.MIN, x, 0), Softplus.tail(g, x)));
    }

    /** {@code sigmoid(-x)}: smooth at 0, where the terms of the decomposition are not. */
    @Override
    public void gradient(Pullback node) {
        GraphBuilder g = node.graph();
        Value turned = g.unary(UnaryFn.NEG, node.operand(0));
        node.to(0, () -> g.mul(node.gradient(), g.unary(UnaryFn.SIGMOID, turned)));
    }
}
