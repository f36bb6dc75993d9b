package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp.Cumulative;
import dev.convoy.graph.ReductionOp.TopK;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.layers.ActivationFn;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * {@code sparsemax} along the last axis as Keras 3 (3.15) computes it. With z = x sorted downwards, s its running sums
 * and the support of k elements where {@code z_j > (s_j - 1) / j}, Keras takes {@code τ = (Σ s_j over the support - 1) / k},
 * where Martins and Astudillo (2016), and {@link dev.convoy.graph.composite.Sparsemax}, take {@code (s_k - 1) / k}.
 */
record KerasSparsemax() implements ActivationFn {

    @Override
    public Value apply(GraphBuilder g, Value x) {
        int axis = x.shape().rank() - 1;
        int size = x.shape().size(axis);
        DataType type = x.spec().type();
        Value sorted = g.add(new TopK(size, axis, true), x);
        Value sums = g.add(new Cumulative(ReduceFn.SUM, axis, false, false), sorted);
        Value rank = g.add(g.add(new Iota(type, Shape.of(size), 0)), 1);
        Value inside = g.compare(CompareFn.GT, g.sub(sorted, g.div(g.add(sums, -1), rank)), 0);
        Value member = g.cast(inside, type);
        Value total = g.reduce(ReduceFn.SUM, g.mul(sums, member), List.of(axis), true);
        Value tau = g.div(g.add(total, -1), g.reduce(ReduceFn.SUM, member, List.of(axis), true));
        return g.unary(UnaryFn.RELU, g.sub(x, tau));
    }
}
