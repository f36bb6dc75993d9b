package dev.convoy.graph.pass.host;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/** {@link IndexingOp} on host tensors. */
final class HostIndexing {

    private HostIndexing() {}

    static Optional<Tensor> evaluate(IndexingOp op, List<Tensor> operands, TensorSpec result) {
        return switch (op) {
            case IndexingOp.Gather(int axis) -> {
                Tensor data = operands.getFirst();
                yield indices(operands.get(1), data.shape().size(axis))
                        .map(indices -> HostMovement.gather(data, axis, indices))
                        .map(slices -> Tensor.wrap(result, slices.array()));
            }
            case IndexingOp.Scatter(int axis, ScatterFn fn) -> {
                Tensor data = operands.getFirst();
                yield indices(operands.get(1), data.shape().size(axis))
                        .map(indices -> scatter(data, axis, fn, indices, operands.get(2)));
            }
            case IndexingOp.Iota(DataType type, Shape shape, int axis) -> Optional.of(iota(type, shape, axis));
            case IndexingOp.Constant(Tensor value) -> Optional.of(value);
        };
    }

    /** Indices as an array; empty if one is outside. */
    private static Optional<int[]> indices(Tensor indices, int size) {
        IntToLongFunction index = Elements.integers(indices);
        int[] array = new int[indices.size()];
        for (int i = 0; i < array.length; i++) {
            long value = index.applyAsLong(i);
            if (value < 0 || value >= size) {
                return Optional.empty();
            }
            array[i] = (int) value;
        }
        return Optional.of(array);
    }

    private static Tensor scatter(Tensor data, int axis, ScatterFn fn, int[] indices, Tensor updates) {
        Shape shape = data.shape();
        int size = shape.size(axis);
        int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).elements());
        double[] reals = new double[data.type().isReal() ? data.size() : 0];
        long[] integers = new long[data.type().isReal() ? 0 : data.size()];
        for (int i = 0; i < data.size(); i++) {
            if (data.type().isReal()) {
                reals[i] = Elements.reals(data).applyAsDouble(i);
            } else {
                integers[i] = Elements.integers(data).applyAsLong(i);
            }
        }
        for (int i = 0; i < updates.size(); i++) {
            int outer = i / inner / indices.length;
            int target = (outer * size + indices[i / inner % indices.length]) * inner + i % inner;
            if (data.type() == DataType.FLOAT32) {
                reals[target] = (float)
                        combine(fn, reals[target], Elements.reals(updates).applyAsDouble(i));
            } else if (data.type().isReal()) {
                reals[target] =
                        combine(fn, reals[target], Elements.reals(updates).applyAsDouble(i));
            } else {
                integers[target] =
                        combine(fn, integers[target], Elements.integers(updates).applyAsLong(i));
            }
        }
        return data.type().isReal()
                ? Elements.ofReals(data.spec(), i -> reals[i])
                : Elements.ofIntegers(data.spec(), i -> integers[i]);
    }

    private static double combine(ScatterFn fn, double old, double update) {
        return switch (fn) {
            case SET -> update;
            case ADD -> Functions.binary(BinaryFn.ADD, old, update);
            case MUL -> Functions.binary(BinaryFn.MUL, old, update);
            case MAX -> Functions.binary(BinaryFn.MAX, old, update);
            case MIN -> Functions.binary(BinaryFn.MIN, old, update);
        };
    }

    private static long combine(ScatterFn fn, long old, long update) {
        return switch (fn) {
            case SET -> update;
            case ADD -> Functions.binary(BinaryFn.ADD, old, update);
            case MUL -> Functions.binary(BinaryFn.MUL, old, update);
            case MAX -> Functions.binary(BinaryFn.MAX, old, update);
            case MIN -> Functions.binary(BinaryFn.MIN, old, update);
        };
    }

    private static Tensor iota(DataType type, Shape shape, int axis) {
        int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).elements());
        int size = shape.size(axis);
        TensorSpec spec = new TensorSpec(type, shape);
        return type.isReal()
                ? Elements.ofReals(spec, i -> i / inner % size)
                : Elements.ofIntegers(spec, i -> i / inner % size);
    }
}
