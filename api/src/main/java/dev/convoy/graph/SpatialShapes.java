package dev.convoy.graph;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** Rules of {@link SpatialOp}. */
final class SpatialShapes {

    private SpatialShapes() {}

    static List<TensorSpec> infer(SpatialOp op, List<TensorSpec> inputs, Check check) {
        return switch (op) {
            case SpatialOp.MaxPool(Window window, boolean ceilMode, Layout layout) -> {
                ShapeInference.arity(check, inputs, 1);
                TensorSpec x = inputs.getFirst();
                check.that(
                        x.type().isReal() || x.type() == DataType.INT32,
                        "C1",
                        "the operand is real or int32",
                        "float32 or int32",
                        x.type());
                TensorSpec y = x.withShape(pooled(check, window, ceilMode, layout, x.shape()));
                yield List.of(y, y.withType(DataType.INT64));
            }
            case SpatialOp.MaxPoolGrad(Layout layout, List<Integer> inputSize) -> {
                ShapeInference.arity(check, inputs, 2);
                TensorSpec dy = inputs.getFirst();
                TensorSpec indices = inputs.get(1);
                real(check, dy);
                check.that(indices.type() == DataType.INT64, "C1", "indices are int64", DataType.INT64, indices.type());
                check.that(
                        dy.shape().equals(indices.shape()),
                        "C2",
                        "gradient and indices have the same shape",
                        dy.shape(),
                        indices.shape());
                rank(check, inputSize.size(), dy.shape());
                yield List.of(dy.withShape(resized(layout, dy.shape(), inputSize)));
            }
            case SpatialOp.AvgPool pool -> {
                ShapeInference.arity(check, inputs, 1);
                TensorSpec x = inputs.getFirst();
                real(check, x);
                yield List.of(x.withShape(pooled(check, pool.window(), pool.ceilMode(), pool.layout(), x.shape())));
            }
            case SpatialOp.AvgPoolGrad(SpatialOp.AvgPool pool, List<Integer> inputSize) -> {
                ShapeInference.arity(check, inputs, 1);
                TensorSpec dy = inputs.getFirst();
                real(check, dy);
                rank(check, inputSize.size(), dy.shape());
                ContractionShapes.gradientSize(
                        check, "C4", pool.window(), pool.ceilMode(), inputSize, pool.layout(), dy.shape());
                yield List.of(dy.withShape(resized(pool.layout(), dy.shape(), inputSize)));
            }
        };
    }

    private static void real(Check check, TensorSpec x) {
        check.that(x.type().isReal(), "C1", "the operand is real", DataType.FLOAT32, x.type());
    }

    private static void rank(Check check, int spatial, Shape x) {
        check.that(x.rank() == spatial + 2, "C2", "the rank is the window's plus 2", spatial + 2, x);
    }

    private static Shape pooled(Check check, Window window, boolean ceilMode, Layout layout, Shape x) {
        rank(check, window.rank(), x);
        List<Integer> sizes = ContractionShapes.outputSizes(check, "C4", window, layout, x, ceilMode);
        for (int i = 0; i < window.rank(); i++) {
            int input = x.size(layout.spatialStart() + i);
            int outside = window.outside(i, input, sizes.get(i));
            if (outside >= 0) {
                throw check.broken(
                        "C3",
                        "every window has an element inside the input",
                        "an element inside " + input,
                        "only padding under window " + outside + " of spatial axis " + i);
            }
        }
        return resized(layout, x, sizes);
    }

    private static Shape resized(Layout layout, Shape x, List<Integer> spatial) {
        return ContractionShapes.data(layout, x.dim(0), spatial, x.size(layout.channelAxis(x.rank())));
    }
}
