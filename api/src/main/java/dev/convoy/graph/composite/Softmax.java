package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.CompositeGradient;
import dev.convoy.graph.gradient.Pullback;
import java.util.List;
import java.util.Optional;

/**
 * {@code y_i = exp(x_i - max x) / Σ_j exp(x_j - max x)} along an axis (Keras 3 {@code softmax}, ONNX 13 Softmax).
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: the axis is an axis of the operand.
 * </ul>
 *
 * @param axis may be negative
 */
public record Softmax(int axis) implements AxisComposite, CompositeGradient {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        List<Integer> along = List.of(Operands.axis(Check.of(this, inputs), axis, x));
        Value shifted = g.sub(x, g.reduce(ReduceFn.MAX, x, along, true));
        Value exponentials = g.unary(UnaryFn.EXP, shifted);
        return List.of(g.div(exponentials, g.reduce(ReduceFn.SUM, exponentials, along, true)));
    }

    @Override
    public Optional<Softmax> reordered(List<Integer> order) {
        return Optional.of(new Softmax(Operands.moved(axis, order)));
    }

    /** {@code y · (dy - Σ_j dy_j y_j)}, from the result alone. */
    @Override
    public void gradient(Pullback node) {
        GraphBuilder g = node.graph();
        Value y = node.result(0);
        Value dy = node.gradient();
        node.to(0, () -> g.mul(y, g.sub(dy, g.reduce(ReduceFn.SUM, g.mul(dy, y), List.of(axis), true))));
    }
}
