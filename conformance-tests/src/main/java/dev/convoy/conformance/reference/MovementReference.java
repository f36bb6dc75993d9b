package dev.convoy.conformance.reference;

import dev.convoy.graph.ElementwiseOp.Cast;
import dev.convoy.graph.MovementOp;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** The meaning of {@link MovementOp}: for each place of the result, the place its element comes from. */
final class MovementReference {

    private MovementReference() {}

    static Tensor run(MovementOp op, List<Tensor> operands, TensorSpec spec) {
        Tensor x = operands.getFirst();
        Shape shape = spec.shape();
        int[] strides = x.shape().strides();
        return switch (op) {
            case MovementOp.Reshape _ -> Tensor.wrap(spec, x.array());
            case MovementOp.Transpose(List<Integer> permutation) ->
                moved(x, shape, (at, axis) -> at[permutation.indexOf(axis)]);
            case MovementOp.Broadcast _ -> Numbers.pick(x, shape, Grid.broadcast(x.shape(), shape));
            case MovementOp.Slice(List<Integer> starts, List<Integer> _, List<Integer> steps) ->
                moved(x, shape, (at, axis) -> starts.get(axis) + at[axis] * steps.get(axis));
            case MovementOp.Reverse(List<Integer> axes) ->
                moved(x, shape, (at, axis) -> axes.contains(axis) ? x.shape().size(axis) - 1 - at[axis] : at[axis]);
            case MovementOp.Pad pad -> pad(pad, x, spec, strides);
            case MovementOp.Concat(int axis) -> concat(axis, operands, spec);
        };
    }

    @FunctionalInterface
    private interface Source {
        /** Where along an axis of the operand the element at {@code at} comes from. */
        int along(int[] at, int axis);
    }

    private static Tensor moved(Tensor x, Shape shape, Source source) {
        int[] strides = x.shape().strides();
        return Numbers.pick(x, shape, Grid.positions(shape, at -> {
            int position = 0;
            for (int axis = 0; axis < strides.length; axis++) {
                position += strides[axis] * source.along(at, axis);
            }
            return position;
        }));
    }

    private static Tensor pad(MovementOp.Pad op, Tensor x, TensorSpec spec, int[] strides) {
        Shape shape = spec.shape();
        int constant = x.size();
        Tensor extended = Numbers.pick(x, Shape.of(x.size() + 1), extendedPositions(x.size()));
        TensorSpec number = TensorSpec.of(DataType.FLOAT64);
        Tensor value = CastReference.run(new Cast(spec.type()), number, Tensor.full(number, op.value()));
        System.arraycopy(value.array(), 0, extended.array(), constant, 1);
        return Numbers.pick(extended, shape, Grid.positions(shape, at -> {
            int position = 0;
            for (int axis = 0; axis < at.length; axis++) {
                int place = at[axis] - op.before().get(axis);
                int size = x.shape().size(axis);
                if (place < 0 || place >= size) {
                    switch (op.mode()) {
                        case CONSTANT -> {
                            return constant;
                        }
                        case REFLECT -> place = place < 0 ? -place : 2 * (size - 1) - place;
                        case EDGE -> place = place < 0 ? 0 : size - 1;
                        case WRAP -> place = Math.floorMod(place, size);
                    }
                }
                position += strides[axis] * place;
            }
            return position;
        }));
    }

    /** All positions, and one more place that starts as zero and holds the constant. */
    private static int[] extendedPositions(int size) {
        int[] positions = new int[size + 1];
        for (int i = 0; i < size; i++) {
            positions[i] = i;
        }
        positions[size] = -1;
        return positions;
    }

    private static Tensor concat(int axis, List<Tensor> operands, TensorSpec spec) {
        Object elements =
                spec.type().storage().newArray(Math.toIntExact(spec.shape().elements()));
        int[] strides = spec.shape().strides();
        int start = 0;
        for (Tensor x : operands) {
            int offset = start * strides[axis];
            Grid.forEach(
                    x.shape().sizes(),
                    (at, i) -> System.arraycopy(x.array(), i, elements, offset + Grid.position(strides, at), 1));
            start += x.shape().size(axis);
        }
        return Tensor.wrap(spec, elements);
    }
}
