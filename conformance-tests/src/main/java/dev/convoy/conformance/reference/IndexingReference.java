package dev.convoy.conformance.reference;

import dev.convoy.graph.IndexingOp;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** The meaning of {@link IndexingOp}. */
final class IndexingReference {

    private IndexingReference() {}

    static Tensor run(IndexingOp op, List<Tensor> operands, TensorSpec spec) {
        return switch (op) {
            case IndexingOp.Gather(int axis) -> gather(axis, operands.getFirst(), operands.get(1), spec.shape());
            case IndexingOp.Scatter(int axis, IndexingOp.ScatterFn fn) ->
                scatter(axis, fn, operands.getFirst(), operands.get(1), operands.get(2));
            case IndexingOp.Iota iota -> iota(iota, spec);
            case IndexingOp.Constant(Tensor value) -> Numbers.carried(value);
        };
    }

    private static Tensor gather(int axis, Tensor data, Tensor indices, Shape shape) {
        int[] inData = data.shape().strides();
        int[] inIndices = indices.shape().strides();
        int indexRank = indices.shape().rank();
        return Numbers.pick(data, shape, Grid.positions(shape, at -> {
            int index = 0;
            for (int i = 0; i < indexRank; i++) {
                index += inIndices[i] * at[axis + i];
            }
            int position = inData[axis]
                    * inside("Gather", "gather.C3", indices, index, data.shape().size(axis));
            for (int i = 0; i < axis; i++) {
                position += inData[i] * at[i];
            }
            for (int i = axis + 1; i < inData.length; i++) {
                position += inData[i] * at[i - 1 + indexRank];
            }
            return position;
        }));
    }

    private static Tensor scatter(int axis, IndexingOp.ScatterFn fn, Tensor data, Tensor indices, Tensor updates) {
        int[] all =
                Grid.positions(data.shape(), at -> Grid.position(data.shape().strides(), at));
        Tensor result = Numbers.pick(data, data.shape(), all);
        int[] strides = data.shape().strides();
        Grid.forEach(updates.shape().sizes(), (at, u) -> {
            int target = inside(
                    "Scatter", "scatter.C4", indices, at[axis], data.shape().size(axis));
            int position = Grid.position(strides, at) + strides[axis] * (target - at[axis]);
            switch (result.array()) {
                case double[] y -> y[position] = combine(fn, y[position], Numbers.real(updates, u));
                case int[] y -> y[position] = (int) combine(fn, y[position], Numbers.integer(updates, u));
                case long[] y -> y[position] = combine(fn, y[position], Numbers.integer(updates, u));
                case boolean[] y -> y[position] = Numbers.truth(updates, u);
                default -> throw new IllegalStateException("Cannot scatter into " + data.spec());
            }
        });
        return result;
    }

    private static double combine(IndexingOp.ScatterFn fn, double old, double update) {
        return switch (fn) {
            case SET -> update;
            case ADD -> old + update;
            case MUL -> old * update;
            case MAX -> Math.max(old, update);
            case MIN -> Math.min(old, update);
        };
    }

    private static long combine(IndexingOp.ScatterFn fn, long old, long update) {
        return switch (fn) {
            case SET -> update;
            case ADD -> old + update;
            case MUL -> old * update;
            case MAX -> Math.max(old, update);
            case MIN -> Math.min(old, update);
        };
    }

    private static int inside(String op, String rule, Tensor indices, int at, int size) {
        long index = Numbers.integer(indices, at);
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(
                    op + ": index " + index + " is outside [0, " + size + "). [" + rule + "]");
        }
        return (int) index;
    }

    private static Tensor iota(IndexingOp.Iota op, TensorSpec spec) {
        int[] along = Grid.positions(spec.shape(), at -> at[op.axis()]);
        return spec.type() == DataType.FLOAT64
                ? Numbers.reals(spec.shape(), i -> along[i])
                : Numbers.integers(spec, i -> along[i]);
    }
}
