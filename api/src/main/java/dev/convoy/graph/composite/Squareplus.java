package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = (x + √(x² + b)) / 2}, for negative x as {@code b/2 / (√(x² + b) - x)}, which does not cancel (Keras 3
 * {@code squareplus}, default b 4; Barron, 2021).
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: b is positive.
 * </ul>
 */
public record Squareplus(double b) implements ElementwiseComposite {

    public Squareplus {
        Check.of("Squareplus").that(b > 0, "C2", "b is positive", "> 0", b);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        Value root = g.unary(UnaryFn.SQRT, g.add(g.mul(x, x), b));
        Value positive = g.mul(g.add(x, root), 0.5);
        Value negative = g.div(g.scalar(b / 2, x.spec().type()), g.sub(root, g.binary(BinaryFn.MIN, x, 0)));
        return List.of(g.select(g.compare(CompareFn.GE, x, 0), positive, negative));
    }
}
