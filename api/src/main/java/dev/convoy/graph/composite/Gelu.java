package dev.convoy.graph.composite;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x/2 · (1 + erf(x / √2))}, or approximately {@code x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))} (Keras 3
 * {@code gelu}, ONNX 20 Gelu; Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record Gelu(boolean approximate) implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        Value bell = approximate ? g.unary(UnaryFn.TANH, cubic(g, x)) : g.unary(UnaryFn.ERF, g.mul(x, Math.sqrt(0.5)));
        return List.of(g.mul(g.mul(x, 0.5), g.add(bell, 1)));
    }

    private static Value cubic(GraphBuilder g, Value x) {
        Value cube = g.mul(g.mul(x, x), x);
        return g.mul(g.add(x, g.mul(cube, 0.044715)), Math.sqrt(2 / Math.PI));
    }
}
