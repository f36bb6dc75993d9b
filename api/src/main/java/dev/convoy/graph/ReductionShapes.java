package dev.convoy.graph;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Rules of {@link ReductionOp}. */
final class ReductionShapes {

    private ReductionShapes() {}

    static List<TensorSpec> infer(ReductionOp op, List<TensorSpec> inputs, Check check) {
        ShapeInference.arity(check, inputs, 1);
        TensorSpec x = inputs.getFirst();
        boolean number = x.type().isReal() || x.type().isInteger();
        return switch (op) {
            case ReductionOp.Reduce(ReduceFn fn, List<Integer> axes, boolean keepDims) -> {
                boolean extreme = fn == ReduceFn.MAX || fn == ReduceFn.MIN;
                number(check, number || extreme && x.type() == DataType.BOOL, x);
                ascending(check, "C2", axes, x.shape().rank());
                if (extreme || fn == ReduceFn.MEAN) {
                    for (int axis : axes) {
                        check.that(
                                !x.shape().dim(axis).equals(Dim.of(0)),
                                "C3",
                                fn + " reduces at least one element",
                                ">= 1",
                                0);
                    }
                }
                yield List.of(x.withShape(without(x.shape(), axes, keepDims)));
            }
            case ReductionOp.ArgReduce arg -> {
                number(check, number, x);
                ShapeInference.axisInside(check, arg.axis(), x);
                check.that(
                        !x.shape().dim(arg.axis()).equals(Dim.of(0)),
                        "C2",
                        "the axis has at least one element",
                        ">= 1",
                        0);
                yield List.of(new TensorSpec(DataType.INT64, without(x.shape(), List.of(arg.axis()), arg.keepDims())));
            }
            case ReductionOp.Cumulative cumulative -> {
                boolean defined = cumulative.fn() == ReduceFn.SUM || cumulative.fn() == ReduceFn.PROD;
                check.that(defined, "C1", "it runs a SUM or a PROD", "SUM or PROD", cumulative.fn());
                number(check, number, x);
                ShapeInference.axisInside(check, cumulative.axis(), x);
                yield List.of(x);
            }
            case ReductionOp.TopK(int k, int axis, boolean _) -> {
                number(check, number, x);
                ShapeInference.axisInside(check, axis, x);
                int size = x.shape().size(axis);
                check.that(k >= 0 && k <= size, "C2", "k is at most the size of the axis", "0 <= k <= " + size, k);
                TensorSpec values = x.withShape(x.shape().with(axis, k));
                yield List.of(values, values.withType(DataType.INT64));
            }
        };
    }

    private static void number(Check check, boolean holds, TensorSpec x) {
        check.that(holds, "C1", "the operand's type can be reduced so", "a real or integer type", x.type());
    }

    static void ascending(Check check, String rule, List<Integer> axes, int rank) {
        int previous = -1;
        for (int axis : axes) {
            check.that(
                    axis > previous && axis < rank,
                    rule,
                    "axes are axes of the operand, ascending, each once",
                    "0 <= axes < " + rank,
                    axes);
            previous = axis;
        }
    }

    private static Shape without(Shape shape, List<Integer> axes, boolean keepDims) {
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(shape.dim(axis));
            } else if (keepDims) {
                dims.add(Dim.of(1));
            }
        }
        return Shape.ofDims(dims);
    }
}
