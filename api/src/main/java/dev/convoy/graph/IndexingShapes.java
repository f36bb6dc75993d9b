package dev.convoy.graph;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** Rules of {@link IndexingOp}. */
final class IndexingShapes {

    private IndexingShapes() {}

    static TensorSpec infer(IndexingOp op, List<TensorSpec> inputs, Check check) {
        return switch (op) {
            case IndexingOp.Gather(int axis) -> {
                ShapeInference.arity(check, inputs, 2);
                TensorSpec data = inputs.getFirst();
                TensorSpec indices = inputs.get(1);
                integer(check, indices);
                ShapeInference.axisInside(check, axis, data);
                Shape head = data.shape().slice(0, axis);
                Shape tail = data.shape().slice(axis + 1, data.shape().rank());
                yield data.withShape(head.concat(indices.shape()).concat(tail));
            }
            case IndexingOp.Scatter(int axis, IndexingOp.ScatterFn fn) -> {
                ShapeInference.arity(check, inputs, 3);
                TensorSpec data = inputs.getFirst();
                TensorSpec indices = inputs.get(1);
                TensorSpec updates = inputs.get(2);
                boolean combines = data.type().isReal() || data.type().isInteger();
                boolean sets = fn == IndexingOp.ScatterFn.SET && data.type() == DataType.BOOL;
                check.that(
                        combines || sets,
                        "C1",
                        "the data's type can be scattered so",
                        "a real or integer type",
                        data.type());
                integer(check, indices);
                check.that(indices.shape().rank() == 1, "C1", "indices have rank 1", 1, indices.shape());
                ShapeInference.sameType(check, data, updates);
                ShapeInference.axisInside(check, axis, data);
                Shape expected = data.shape().with(axis, indices.shape().dim(0));
                check.that(
                        updates.shape().equals(expected),
                        "C3",
                        "updates have the data's shape with the number of indices along the axis",
                        expected,
                        updates.shape());
                yield data;
            }
            case IndexingOp.Iota(DataType type, Shape shape, int axis) -> {
                ShapeInference.arity(check, inputs, 0);
                check.that(
                        type.isReal() || type.isInteger(),
                        "C1",
                        "the type is real or integer",
                        "a real or integer type",
                        type);
                check.that(
                        axis >= 0 && axis < shape.rank(),
                        "C1",
                        "the axis is an axis of the shape",
                        "0 <= axis < " + shape.rank(),
                        axis);
                yield new TensorSpec(type, shape);
            }
            case IndexingOp.Constant(Tensor value) -> {
                ShapeInference.arity(check, inputs, 0);
                yield value.spec();
            }
        };
    }

    private static void integer(Check check, TensorSpec indices) {
        check.that(indices.type().isInteger(), "C1", "indices are int32 or int64", "int32 or int64", indices.type());
    }
}
