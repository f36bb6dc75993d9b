package dev.convoy.graph.gradient;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** Gradients of {@link ReductionOp}. */
final class ReductionGradients {

    private ReductionGradients() {}

    static void write(ReductionOp op, Pullback p) {
        GraphBuilder g = p.graph();
        Value x = p.operand(0);
        switch (op) {
            case ReductionOp.Reduce(ReduceFn fn, List<Integer> axes, boolean _) -> p.to(0, () -> reduce(fn, axes, p));
            case ReductionOp.ArgReduce _ -> {}
            case ReductionOp.Cumulative(ReduceFn fn, int axis, boolean exclusive, boolean reverse) ->
                p.to(
                        0,
                        () -> fn == ReduceFn.PROD
                                ? cumulativeProduct(p, axis, exclusive, reverse)
                                : g.add(
                                        new ReductionOp.Cumulative(ReduceFn.SUM, axis, exclusive, !reverse),
                                        p.gradient()));
            case ReductionOp.TopK(int _, int axis, boolean _) ->
                p.to(0, () -> Places.add(g, p.gradient(), p.result(1), axis, x.shape()));
        }
    }

    private static Value reduce(ReduceFn fn, List<Integer> axes, Pullback p) {
        GraphBuilder g = p.graph();
        Value x = p.operand(0);
        Value dy = Sums.keep(g, p.gradient(), x.shape(), axes);
        return switch (fn) {
            case SUM -> dy;
            case MEAN -> g.div(dy, Sums.count(g, x.shape(), axes, x.spec().type()));
            case PROD -> product(g, x, axes, dy);
            case MAX, MIN -> {
                Value taken = g.compare(CompareFn.EQ, x, Sums.keep(g, p.result(0), x.shape(), axes));
                Value ones = g.cast(taken, x.spec().type());
                yield g.mul(ones, g.div(dy, g.reduce(ReduceFn.SUM, ones, axes, true)));
            }
        };
    }

    /** One axis after the other; along an axis, the product of the elements before and of those behind (zeros allowed). */
    private static Value product(GraphBuilder g, Value x, List<Integer> axes, Value dy) {
        if (axes.isEmpty()) {
            return dy;
        }
        int axis = axes.getLast();
        List<Integer> rest = axes.subList(0, axes.size() - 1);
        Value along = g.reduce(ReduceFn.PROD, x, List.of(axis), true);
        Value before = g.add(new ReductionOp.Cumulative(ReduceFn.PROD, axis, true, false), x);
        Value behind = g.add(new ReductionOp.Cumulative(ReduceFn.PROD, axis, true, true), x);
        return g.mul(product(g, along, rest, dy), g.mul(before, behind));
    }

    /**
     * With {@code y_j = Π_{k<=j} x_k}: {@code dx_i = Π_{k<i} x_k · s_i}, where {@code s_i = dy_i + x_{i+1} · s_{i+1}} runs
     * against the direction of the product; an exclusive product shifts dy by one. Exact where elements are zero.
     */
    private static Value cumulativeProduct(Pullback p, int axis, boolean exclusive, boolean reverse) {
        GraphBuilder g = p.graph();
        Value x = p.operand(0);
        p.needsKnown(x.shape().dim(axis));
        int length = x.shape().size(axis);
        int rank = x.shape().rank();
        Value xs = g.transpose(x, Places.move(axis, 0, rank));
        Value dys = g.transpose(p.gradient(), Places.move(axis, 0, rank));
        Value zero = g.broadcast(p.number(0), xs.shape().slice(1, rank));
        ControlOp.Scan scan = new ControlOp.Scan(suffix(zero.spec(), exclusive), 1, 2, length, !reverse);
        Value sums = g.add(scan, List.of(zero, xs, dys)).get(1);
        Value before = g.add(new ReductionOp.Cumulative(ReduceFn.PROD, axis, true, reverse), x);
        return g.mul(before, g.transpose(sums, Places.move(0, axis, rank)));
    }

    /** Carries {@code x_{i+1} · s_{i+1}} (exclusive: {@code dy_{i+1} + x_{i+1} · s_{i+1}}) and stacks {@code s_i}. */
    private static Graph suffix(TensorSpec spec, boolean exclusive) {
        GraphBuilder body = new GraphBuilder();
        Value carry = body.input("carry", spec);
        Value x = body.input("x", spec);
        Value dy = body.input("dy", spec);
        Value sum = exclusive ? carry : body.add(carry, dy);
        Value next = body.mul(x, sum);
        body.output("carry", exclusive ? body.add(next, dy) : next);
        body.output("sum", sum);
        return body.build();
    }
}
