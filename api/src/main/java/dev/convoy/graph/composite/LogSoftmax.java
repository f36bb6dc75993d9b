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
 * {@code y_i = x_i - max x - log Σ_j exp(x_j - max x)} along an axis (Keras 3 {@code log_softmax}, ONNX 13 LogSoftmax).
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: the axis is an axis of the operand.
 * </ul>
 *
 * @param axis may be negative
 */
public record LogSoftmax(int axis) implements AxisComposite, CompositeGradient {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        List<Integer> along = List.of(Operands.axis(Check.of(this, inputs), axis, x));
        Value shifted = g.sub(x, g.reduce(ReduceFn.MAX, x, along, true));
        Value sum = g.reduce(ReduceFn.SUM, g.unary(UnaryFn.EXP, shifted), along, true);
        return List.of(g.sub(shifted, g.unary(UnaryFn.LOG, sum)));
    }

    @Override
    public Optional<LogSoftmax> reordered(List<Integer> order) {
        return Optional.of(new LogSoftmax(Operands.moved(axis, order)));
    }

    /** {@code dy - exp(y) · Σ_j dy_j}, from the result alone. */
    @Override
    public void gradient(Pullback node) {
        GraphBuilder g = node.graph();
        Value dy = node.gradient();
        Value probabilities = g.unary(UnaryFn.EXP, node.result(0));
        node.to(0, () -> g.sub(dy, g.mul(probabilities, g.reduce(ReduceFn.SUM, dy, List.of(axis), true))));
    }
}
