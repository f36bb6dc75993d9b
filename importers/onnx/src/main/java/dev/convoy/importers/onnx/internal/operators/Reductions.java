package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp.ArgReduce;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.node.Types;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that combine elements along axes. */
final class Reductions {

    static final List<OnnxOperator> ALL = List.of(
            reduce("ReduceSum", (g, x, axes, keep) -> g.reduce(ReduceFn.SUM, x, axes, keep)),
            reduce("ReduceMean", (g, x, axes, keep) -> g.reduce(ReduceFn.MEAN, x, axes, keep)),
            reduce("ReduceProd", (g, x, axes, keep) -> g.reduce(ReduceFn.PROD, x, axes, keep)),
            reduce("ReduceMax", (g, x, axes, keep) -> extreme(g, ReduceFn.MAX, x, axes, keep)),
            reduce("ReduceMin", (g, x, axes, keep) -> extreme(g, ReduceFn.MIN, x, axes, keep)),
            reduce("ReduceL1", (g, x, axes, keep) -> g.reduce(ReduceFn.SUM, g.unary(UnaryFn.ABS, x), axes, keep)),
            reduce("ReduceSumSquare", (g, x, axes, keep) -> g.reduce(ReduceFn.SUM, g.mul(x, x), axes, keep)),
            reduce(
                    "ReduceL2",
                    (g, x, axes, keep) -> asReal(g, g.reduce(ReduceFn.SUM, g.mul(x, x), axes, keep), UnaryFn.SQRT)),
            reduce("ReduceLogSum", (g, x, axes, keep) -> asReal(g, g.reduce(ReduceFn.SUM, x, axes, keep), UnaryFn.LOG)),
            reduce("ReduceLogSumExp", Reductions::logSumExp),
            OnnxOperator.one("ArgMax", s -> arg(s, true)).inputs("data"),
            OnnxOperator.one("ArgMin", s -> arg(s, false)).inputs("data"));

    private interface Reduction {
        Value write(GraphBuilder g, Value x, List<Integer> axes, boolean keepDims);
    }

    private Reductions() {}

    private static OnnxOperator reduce(String opType, Reduction reduction) {
        return OnnxOperator.one(opType, s -> {
                    Value x = s.operand(0);
                    boolean keepDims = s.flag("keepdims", true);
                    return reduction.write(s.graph(), x, axes(s, x), keepDims);
                })
                .inputs("data", "axes")
                .known("axes");
    }

    /** All axes if none is named, unless {@code noop_with_empty_axes} (since version 13) says none. */
    private static List<Integer> axes(NodeScope s, Value x) {
        boolean noneIsNone = s.flag("noop_with_empty_axes", false);
        List<Integer> named = s.longs(1, "axes").orElse(List.of()).stream()
                .map(a -> x.shape().axis(Math.toIntExact(a)))
                .toList();
        return named.isEmpty() && !noneIsNone
                ? IntStream.range(0, x.shape().rank()).boxed().toList()
                : named;
    }

    /** Of no elements, the largest is the smallest number there is, and the other way round. */
    private static Value extreme(GraphBuilder g, ReduceFn fn, Value x, List<Integer> axes, boolean keepDims) {
        if (axes.stream().noneMatch(a -> x.shape().dim(a).equals(Dim.of(0)))) {
            return g.reduce(fn, x, axes, keepDims);
        }
        Shape result = g.reduce(ReduceFn.SUM, g.cast(x, DataType.INT32), axes, keepDims)
                .shape();
        DataType type = x.spec().type();
        double sign = fn == ReduceFn.MAX ? -1 : 1;
        double bound = sign * (type.isReal() ? Double.POSITIVE_INFINITY : 0x1p63);
        return g.broadcast(g.scalar(type == DataType.BOOL ? (sign + 1) / 2 : bound, type), result);
    }

    /** A function of real numbers; integers are taken as such. */
    private static Value asReal(GraphBuilder g, Value x, UnaryFn fn) {
        return g.cast(g.unary(fn, g.cast(x, DataType.FLOAT32)), x.spec().type());
    }

    /** Shifted by the largest element, so that nothing overflows. */
    private static Value logSumExp(GraphBuilder g, Value x, List<Integer> axes, boolean keepDims) {
        Value real = g.cast(x, DataType.FLOAT32);
        Value largest = extreme(g, ReduceFn.MAX, real, axes, true);
        Value shift = g.select(g.unary(UnaryFn.IS_INF, largest), g.scalar(0, DataType.FLOAT32), largest);
        Value sum = g.reduce(ReduceFn.SUM, g.unary(UnaryFn.EXP, g.sub(real, shift)), axes, true);
        Value y = g.add(g.unary(UnaryFn.LOG, sum), shift);
        Value shaped = keepDims
                ? y
                : g.reshape(y, g.reduce(ReduceFn.SUM, real, axes, false).shape());
        return g.cast(shaped, x.spec().type());
    }

    private static Value arg(NodeScope s, boolean largest) {
        Value x = s.stored(0);
        int axis = x.shape().axis(s.number("axis", 0));
        boolean keepDims = s.flag("keepdims", true);
        boolean last = s.flag("select_last_index", false);
        Value computed = s.graph().cast(x, Types.computing(x.spec().type()));
        return s.graph().add(new ArgReduce(largest, axis, keepDims, last), computed);
    }
}
