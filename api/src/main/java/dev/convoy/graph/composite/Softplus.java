package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.CompositeGradient;
import dev.convoy.graph.gradient.Pullback;
import java.util.List;

/**
 * {@code y = log(1 + exp(x))}, computed as {@code max(x, 0) + log1p(exp(-|x|))}, which overflows at neither end
 * (Keras 3 {@code softplus}, ONNX 22 Softplus).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record Softplus() implements ElementwiseComposite, CompositeGradient {

    /** {@code log1p(exp(-|x|))}, in (0, log 2]. */
    static Value tail(GraphBuilder g, Value x) {
        Value decay = g.unary(UnaryFn.EXP, g.unary(UnaryFn.NEG, g.unary(UnaryFn.ABS, x)));
        return g.unary(UnaryFn.LOG1P, decay);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        return List.of(g.add(g.unary(UnaryFn.RELU, x), tail(g, x)));
    }

    /** {@code sigmoid(x)}: smooth at 0, where the terms of the decomposition are not. */
    @Override
    public void gradient(Pullback node) {
        GraphBuilder g = node.graph();
        node.to(0, () -> g.mul(node.gradient(), g.unary(UnaryFn.SIGMOID, node.operand(0))));
    }
}
