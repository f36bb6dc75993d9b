package dev.convoy.graph.gradient;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Scatter;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Gradients of {@link IndexingOp}. */
final class IndexingGradients {

    private IndexingGradients() {}

    static void write(IndexingOp op, Pullback p) {
        switch (op) {
            case Gather(int axis) -> p.to(0, () -> gathered(p, axis));
            case Scatter(int axis, ScatterFn fn) -> {
                switch (fn) {
                    case SET -> set(p, axis);
                    case ADD -> {
                        p.to(0, p::gradient);
                        p.to(2, () -> take(p, axis, p.gradient()));
                    }
                    case MUL -> multiplied(p, axis);
                    case MAX, MIN -> extreme(p, axis);
                }
            }
            case IndexingOp.Iota _, IndexingOp.Constant _ -> {}
        }
    }

    /** Adds each slice to where it was taken from. */
    private static Value gathered(Pullback p, int axis) {
        GraphBuilder g = p.graph();
        Value data = p.operand(0);
        Value indices = p.operand(1);
        Value dy = p.gradient();
        if (indices.shape().rank() != 1) {
            p.needsKnown(indices.shape());
            Dim count = Dim.of(Math.toIntExact(indices.shape().elements()));
            indices = g.reshape(indices, Shape.ofDims(List.of(count)));
            dy = g.reshape(dy, data.shape().with(axis, count.size()));
        }
        return g.add(new Scatter(axis, ScatterFn.ADD), Sums.zeros(g, data), indices, dy);
    }

    /** The slices of {@code data} that the scatter's indices name. */
    private static Value take(Pullback p, int axis, Value data) {
        return p.graph().add(new Gather(axis), data, p.operand(1));
    }

    /** Only the last of the updates with the same index is there at the end (G9). */
    private static void set(Pullback p, int axis) {
        GraphBuilder g = p.graph();
        Value indices = p.operand(1);
        Value updates = p.operand(2);
        Scatter scatter = new Scatter(axis, ScatterFn.SET);
        p.to(0, () -> g.add(scatter, p.gradient(), indices, Sums.zeros(g, updates)));
        p.to(2, () -> {
            Value order = g.add(new IndexingOp.Iota(DataType.INT64, indices.shape(), 0));
            Value none = g.broadcast(
                    g.scalar(-1, DataType.INT64), Shape.of(p.operand(0).shape().size(axis)));
            Value last = g.add(new Scatter(0, ScatterFn.SET), none, indices, order);
            Value wins = g.compare(CompareFn.EQ, g.add(new Gather(0), last, indices), order);
            List<Dim> along =
                    new ArrayList<>(Collections.nCopies(updates.shape().rank(), Dim.of(1)));
            along.set(axis, indices.shape().dim(0));
            return g.select(g.reshape(wins, Shape.ofDims(along)), take(p, axis, p.gradient()), p.number(0));
        });
    }

    /** Each factor's gradient is multiplied by the other factors of its place, zeros among them or not. */
    private static void multiplied(Pullback p, int axis) {
        GraphBuilder g = p.graph();
        Value data = p.operand(0);
        Value indices = p.operand(1);
        Value updates = p.operand(2);
        Scatter product = new Scatter(axis, ScatterFn.MUL);
        p.to(0, () -> g.mul(p.gradient(), g.add(product, Sums.ones(g, data), indices, updates)));
        p.to(2, () -> {
            Value zero = g.compare(CompareFn.EQ, updates, 0);
            Value factors = g.select(zero, p.number(1), updates);
            Value all = g.add(product, g.mul(data, p.gradient()), indices, factors);
            Value zeros = g.add(
                    new Scatter(axis, ScatterFn.ADD),
                    Sums.zeros(g, data),
                    indices,
                    g.cast(zero, updates.spec().type()));
            Value otherZeros =
                    g.sub(take(p, axis, zeros), g.cast(zero, updates.spec().type()));
            Value others = g.div(take(p, axis, all), factors);
            return g.select(g.compare(CompareFn.EQ, otherZeros, 0), others, p.number(0));
        });
    }

    /** All that equal the result share its gradient (G5). */
    private static void extreme(Pullback p, int axis) {
        GraphBuilder g = p.graph();
        Value data = p.operand(0);
        Value indices = p.operand(1);
        Value updates = p.operand(2);
        DataType type = data.spec().type();
        Value kept = g.cast(g.compare(CompareFn.EQ, data, p.result(0)), type);
        Value came = g.cast(g.compare(CompareFn.EQ, updates, take(p, axis, p.result(0))), type);
        Value shares = g.div(p.gradient(), g.add(new Scatter(axis, ScatterFn.ADD), kept, indices, came));
        p.to(0, () -> g.mul(shares, kept));
        p.to(2, () -> g.mul(take(p, axis, shares), came));
    }
}
