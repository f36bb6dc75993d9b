package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x > 0 ? x : alpha · (exp(x / alpha) - 1)} (Keras 3 {@code celu}, ONNX 12 Celu; default alpha 1; Barron,
 * 2017).
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: alpha is positive.
 * </ul>
 */
public record Celu(double alpha) implements ElementwiseComposite {

    public Celu {
        Check.of("Celu").that(alpha > 0, "C2", "alpha is positive", "> 0", alpha);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        Value bent = g.unary(UnaryFn.EXPM1, g.mul(g.binary(BinaryFn.MIN, x, 0), 1 / alpha));
        return List.of(g.select(g.compare(CompareFn.GT, x, 0), x, g.mul(bent, alpha)));
    }
}
