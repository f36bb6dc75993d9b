package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The point of the probability simplex nearest to x along an axis: {@code y_i = max(x_i - τ, 0)} with τ such that y
 * sums to 1. With z = x sorted downwards, the support has {@code k = max {j : 1 + j z_j > Σ_{i ≤ j} z_i}} elements
 * and {@code τ = (Σ_{i ≤ k} z_i - 1) / k} (Keras 3 {@code sparsemax}; Martins and Astudillo, 2016).
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: the axis is an axis of the operand.
 * </ul>
 *
 * @param axis may be negative
 */
public record Sparsemax(int axis) implements AxisComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value raw = Operands.real(this, inputs);
        List<Integer> along = List.of(Operands.axis(Check.of(this, inputs), axis, raw));
        Value x = g.sub(raw, g.reduce(ReduceFn.MAX, raw, along, true));
        int size = x.shape().size(along.getFirst());
        DataType type = x.spec().type();
        Value sorted = g.add(new ReductionOp.TopK(size, along.getFirst(), true), x);
        Value sums = g.add(new ReductionOp.Cumulative(ReduceFn.SUM, along.getFirst(), false, false), sorted);
        Value rank = Operands.spread(g, g.add(g.add(new IndexingOp.Iota(type, Shape.of(size), 0)), 1), along, x);
        Value member = g.cast(g.compare(CompareFn.GT, g.add(g.mul(rank, sorted), 1), sums), type);
        Value count = g.reduce(ReduceFn.SUM, member, along, true);
        Value inside = g.reduce(ReduceFn.SUM, g.mul(sorted, member), along, true);
        Value tau = g.div(g.add(inside, -1), count);
        return List.of(g.unary(UnaryFn.RELU, g.sub(x, tau)));
    }

    @Override
    public Optional<Sparsemax> reordered(List<Integer> order) {
        return Optional.of(new Sparsemax(Operands.moved(axis, order)));
    }
}
