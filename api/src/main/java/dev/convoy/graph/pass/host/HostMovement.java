package dev.convoy.graph.pass.host;

import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@link MovementOp} on host tensors. */
final class HostMovement {

    private HostMovement() {}

    static Optional<Tensor> evaluate(MovementOp op, List<Tensor> operands, TensorSpec result) {
        Tensor x = operands.getFirst();
        return switch (op) {
            case MovementOp.Reshape _ -> Optional.of(Tensor.wrap(result, x.array()));
            case MovementOp.Transpose(List<Integer> permutation) -> Optional.of(transpose(x, permutation));
            case MovementOp.Broadcast(Shape target) -> Optional.of(broadcast(x, target));
            case MovementOp.Slice slice -> Optional.of(slice(x, slice, result));
            case MovementOp.Reverse(List<Integer> axes) -> Optional.of(reverse(x, axes));
            case MovementOp.Pad pad -> pad(x, pad, result);
            case MovementOp.Concat(int axis) -> Optional.of(concat(operands, axis, result));
        };
    }

    static Tensor transpose(Tensor x, List<Integer> permutation) {
        int[] strides = x.shape().strides();
        int[] moved = permutation.stream().mapToInt(axis -> strides[axis]).toArray();
        return take(x, 0, moved, x.spec().withShape(x.shape().permute(permutation)));
    }

    static Tensor broadcast(Tensor x, Shape target) {
        if (x.shape().equals(target)) {
            return x;
        }
        int[] own = x.shape().strides();
        int[] strides = new int[target.rank()];
        int missing = target.rank() - x.shape().rank();
        for (int axis = 0; axis < own.length; axis++) {
            strides[missing + axis] = x.shape().size(axis) == 1 ? 0 : own[axis];
        }
        return take(x, 0, strides, x.spec().withShape(target));
    }

    private static Tensor slice(Tensor x, MovementOp.Slice slice, TensorSpec result) {
        int[] strides = x.shape().strides();
        int start = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            start += slice.starts().get(axis) * strides[axis];
            strides[axis] *= slice.steps().get(axis);
        }
        return take(x, start, strides, result);
    }

    private static Tensor reverse(Tensor x, List<Integer> axes) {
        int[] strides = x.shape().strides();
        int start = 0;
        for (int axis : axes) {
            start += (x.shape().size(axis) - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        return take(x, start, strides, x.spec());
    }

    private static Tensor take(Tensor x, int start, int[] strides, TensorSpec result) {
        Tensor y = Tensor.zeros(result);
        Strided.copy(
                x.array(),
                start,
                strides,
                y.array(),
                0,
                result.shape().strides(),
                result.shape().sizes());
        return y;
    }

    private static Optional<Tensor> pad(Tensor x, MovementOp.Pad pad, TensorSpec result) {
        if (pad.mode() != PadMode.CONSTANT) {
            Tensor padded = x;
            for (int axis = 0; axis < x.shape().rank(); axis++) {
                padded = extend(padded, axis, pad);
            }
            return Optional.of(padded);
        }
        Optional<Tensor> filled = Casts.full(result.type(), result.shape(), pad.value());
        filled.ifPresent(y -> {
            int[] strides = y.shape().strides();
            int start = IntStream.range(0, strides.length)
                    .map(axis -> pad.before().get(axis) * strides[axis])
                    .sum();
            Strided.copy(
                    x.array(),
                    0,
                    x.shape().strides(),
                    y.array(),
                    start,
                    strides,
                    x.shape().sizes());
        });
        return filled;
    }

    private static Tensor extend(Tensor x, int axis, MovementOp.Pad pad) {
        int size = x.shape().size(axis);
        int before = pad.before().get(axis);
        int[] sources = IntStream.range(-before, size + pad.after().get(axis))
                .map(i -> source(pad.mode(), i, size))
                .toArray();
        return before == 0 && sources.length == size ? x : gather(x, axis, sources);
    }

    private static int source(PadMode mode, int i, int size) {
        return switch (mode) {
            case CONSTANT -> throw new IllegalArgumentException("a constant has no source");
            case EDGE -> Math.clamp(i, 0, size - 1);
            case WRAP -> Math.floorMod(i, size);
            case REFLECT -> i < 0 ? -i : i >= size ? 2 * (size - 1) - i : i;
        };
    }

    /** Slices along an axis, by number, which are inside it. */
    @SuppressWarnings("SuspiciousSystemArraycopy")
    static Tensor gather(Tensor x, int axis, int[] indices) {
        Shape shape = x.shape();
        int size = shape.size(axis);
        int outer = Math.toIntExact(shape.slice(0, axis).elements());
        int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).elements());
        Tensor y = Tensor.zeros(x.spec().withShape(shape.with(axis, indices.length)));
        for (int i = 0; i < outer; i++) {
            for (int j = 0; j < indices.length; j++) {
                int from = (i * size + indices[j]) * inner;
                System.arraycopy(x.array(), from, y.array(), (i * indices.length + j) * inner, inner);
            }
        }
        return y;
    }

    @SuppressWarnings("SuspiciousSystemArraycopy")
    private static Tensor concat(List<Tensor> operands, int axis, TensorSpec result) {
        Shape shape = result.shape();
        int outer = Math.toIntExact(shape.slice(0, axis).elements());
        int row = Math.toIntExact(shape.slice(axis, shape.rank()).elements());
        Tensor y = Tensor.zeros(result);
        int start = 0;
        for (Tensor x : operands) {
            int length = outer == 0 ? 0 : x.size() / outer;
            for (int i = 0; i < outer; i++) {
                System.arraycopy(x.array(), i * length, y.array(), i * row + start, length);
            }
            start += length;
        }
        return y;
    }
}
