package dev.convoy.onnx.lowering;

import dev.convoy.graph.Node;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.Value;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reductions. ONNX Runtime's maximum and minimum over axes lose NaN, so that it is looked for beside them. */
final class Reductions {

    private Reductions() {}

    static List<String> lower(Emitter e, Node node, ReductionOp op) {
        Value x = node.input(0);
        return switch (op) {
            case ReductionOp.Reduce(ReduceFn fn, List<Integer> axes, boolean keepDims) ->
                List.of(axes.isEmpty() ? e.op("Identity", e.of(x)) : reduce(e, fn, x, axes, keepDims));
            case ReductionOp.ArgReduce arg -> List.of(argReduce(e, x, arg));
            case ReductionOp.Cumulative cumulative -> List.of(cumulative(e, e.of(x), x.spec(), cumulative));
            case ReductionOp.TopK(int k, int axis, boolean largest) ->
                e.results(
                        "TopK",
                        2,
                        List.of(Attribute.of("axis", (long) axis), Attribute.of("largest", largest)),
                        List.of(e.of(x), e.longs(k)));
        };
    }

    private static String reduce(Emitter e, ReduceFn fn, Value value, List<Integer> axes, boolean keepDims) {
        String x = e.of(value);
        DataType type = value.spec().type();
        return switch (fn) {
            case SUM, PROD ->
                e.isGuarded() && isExact(value, axes)
                        ? lastOfRunning(e, fn, value, axes, keepDims)
                        : along(e, fn == ReduceFn.SUM ? "ReduceSum" : "ReduceProd", x, axes, keepDims);
            case MEAN ->
                isGlobalPooling(value, axes)
                        ? globalAverage(e, x, axes, keepDims)
                        : type.isReal()
                                ? along(e, "ReduceMean", x, axes, keepDims)
                                : integerMean(e, value, axes, keepDims);
            case MAX -> extreme(e, "ReduceMax", x, type, axes, keepDims);
            case MIN -> extreme(e, "ReduceMin", x, type, axes, keepDims);
        };
    }

    private static String along(Emitter e, String type, String x, List<Integer> axes, boolean keepDims) {
        boolean axesAreInput = e.opset() >= 18 || type.equals("ReduceSum");
        return axesAreInput
                ? e.op(type, List.of(Attribute.of("keepdims", keepDims)), x, e.longs(axes))
                : e.op(type, List.of(Attribute.of("axes", axes), Attribute.of("keepdims", keepDims)), x);
    }

    /** Whether all axes behind those of the batch and the channels are reduced, and have elements. */
    private static boolean isGlobalPooling(Value x, List<Integer> axes) {
        Shape reduced = x.shape().permute(axes);
        return x.spec().type() == DataType.FLOAT32
                && x.shape().rank() > 2
                && Set.copyOf(axes)
                        .equals(IntStream.range(2, x.shape().rank()).boxed().collect(Collectors.toSet()))
                && reduced.isKnown()
                && reduced.elements() > 0;
    }

    /** ONNX Runtime adds up every channel in the same order here, and in ReduceMean of a blocked layout does not. */
    private static String globalAverage(Emitter e, String x, List<Integer> axes, boolean keepDims) {
        String y = e.op("GlobalAveragePool", x);
        return keepDims ? y : e.op("Squeeze", y, e.longs(axes));
    }

    /** Whether integers are combined along axes that have elements. */
    private static boolean isExact(Value x, List<Integer> axes) {
        Shape reduced = x.shape().permute(axes);
        return !x.spec().type().isReal() && reduced.isKnown() && reduced.elements() > 0;
    }

    /** ONNX Runtime reduces integers in floating point, but its CumSum and Mul are exact: the last of running results. */
    private static String lastOfRunning(Emitter e, ReduceFn fn, Value x, List<Integer> axes, boolean keepDims) {
        String y = e.of(x);
        Shape shape = x.shape();
        for (int axis : axes) {
            ReductionOp.Cumulative running = new ReductionOp.Cumulative(fn, axis, false, false);
            int last = shape.size(axis) - 1;
            y = e.slice(cumulative(e, y, x.spec().withShape(shape), running), axis, last, last + 1L, 1);
            shape = shape.with(axis, 1);
        }
        return keepDims ? y : e.op("Squeeze", y, e.longs(axes));
    }

    private static String integerMean(Emitter e, Value x, List<Integer> axes, boolean keepDims) {
        DataType type = x.spec().type();
        Shape reduced = x.shape().permute(axes);
        String count = reduced.isKnown()
                ? e.scalar(type, reduced.elements())
                : e.cast(along(e, "ReduceProd", e.shape(reduced), List.of(0), false), type);
        return e.op("Div", reduce(e, ReduceFn.SUM, x, axes, keepDims), count);
    }

    private static String extreme(Emitter e, String fn, String x, DataType type, List<Integer> axes, boolean keepDims) {
        if (type == DataType.BOOL) {
            return e.cast(along(e, fn, e.cast(x, DataType.INT32), axes, keepDims), DataType.BOOL);
        }
        String y = along(e, fn, x, axes, keepDims);
        return type.isReal() && e.isGuarded()
                ? e.where(anyNaN(e, x, axes, keepDims), e.scalar(type, Double.NaN), y)
                : y;
    }

    private static String anyNaN(Emitter e, String x, List<Integer> axes, boolean keepDims) {
        String marks = e.cast(e.op("IsNaN", x), DataType.INT32);
        return e.cast(along(e, "ReduceMax", marks, axes, keepDims), DataType.BOOL);
    }

    private static String argReduce(Emitter e, Value value, ReductionOp.ArgReduce op) {
        String x = e.of(value);
        DataType type = value.spec().type();
        String fn = op.largest() ? "ArgMax" : "ArgMin";
        String place = place(e, fn, x, op, op.lastOnTie());
        if (!type.isReal() || !e.isGuarded()) {
            return place;
        }
        String marks = e.cast(e.op("IsNaN", x), DataType.INT32);
        String any = e.cast(along(e, "ReduceMax", marks, List.of(op.axis()), op.keepDims()), DataType.BOOL);
        return e.where(any, place(e, "ArgMax", marks, op, false), place);
    }

    private static String place(Emitter e, String fn, String x, ReductionOp.ArgReduce op, boolean last) {
        List<AttributeProto> attributes = List.of(
                Attribute.of("axis", (long) op.axis()),
                Attribute.of("keepdims", op.keepDims()),
                Attribute.of("select_last_index", last));
        return e.op(fn, attributes, x);
    }

    private static String cumulative(Emitter e, String x, TensorSpec spec, ReductionOp.Cumulative op) {
        if (op.fn() == ReduceFn.PROD) {
            return products(e, x, spec, op);
        }
        List<AttributeProto> attributes =
                List.of(Attribute.of("exclusive", op.exclusive()), Attribute.of("reverse", op.reverse()));
        return e.op("CumSum", attributes, x, e.constant(Tensor.of(new long[] {op.axis()})));
    }

    /** Running products by doubling: after step i each element holds the product of 2^i (Hillis and Steele, 1986). */
    private static String products(Emitter e, String x, TensorSpec spec, ReductionOp.Cumulative op) {
        int size = spec.shape().size(op.axis());
        String y = op.exclusive() ? shifted(e, x, spec, op, Math.min(1, size)) : e.op("Identity", x);
        for (int distance = 1; distance < size; distance *= 2) {
            y = e.op("Mul", y, shifted(e, y, spec, op, distance));
        }
        return y;
    }

    /** x moved along the axis, with ones where it was. */
    private static String shifted(Emitter e, String x, TensorSpec like, ReductionOp.Cumulative op, int distance) {
        int size = like.shape().size(op.axis());
        Shape shape = like.shape().with(op.axis(), distance);
        String ones = shape.isKnown()
                ? e.constant(Tensor.full(new TensorSpec(like.type(), shape), 1))
                : e.filled(like.type(), shape, 1);
        String kept =
                op.reverse() ? e.slice(x, op.axis(), distance, size, 1) : e.slice(x, op.axis(), 0, size - distance, 1);
        List<String> parts = new ArrayList<>(List.of(ones, kept));
        if (op.reverse()) {
            Collections.reverse(parts);
        }
        return e.op("Concat", List.of(Attribute.of("axis", (long) op.axis())), parts);
    }
}
