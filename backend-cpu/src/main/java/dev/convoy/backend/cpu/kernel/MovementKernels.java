package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.kernel.OffsetAxis.Even;
import dev.convoy.backend.cpu.kernel.OffsetAxis.Uneven;
import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Kernels of {@link MovementOp}: copies, whatever the element type. */
public final class MovementKernels {

    private static final int GRAIN = 1 << 16;

    private MovementKernels() {}

    public static Kernel of(MovementOp op, Node node, Threads threads) {
        Shape x = node.input(0).shape();
        Shape y = node.output().shape();
        return switch (op) {
            case MovementOp.Reshape _ -> gather(whole(y), threads);
            case MovementOp.Transpose(List<Integer> permutation) -> gather(transpose(x, y, permutation), threads);
            case MovementOp.Broadcast _ -> gather(broadcast(x, y), threads);
            case Slice slice -> gather(slice(slice, x, y), threads);
            case MovementOp.Reverse(List<Integer> axes) -> gather(reverse(x, axes), threads);
            case Pad pad when pad.mode() == MovementOp.PadMode.CONSTANT -> constantPad(pad, node);
            case Pad pad -> gather(pad(pad, x, y), threads);
            case MovementOp.Concat(int axis) -> concat(node, axis);
        };
    }

    private static Kernel gather(Gathering gathering, Threads threads) {
        return arguments -> {
            Object source = arguments.input(0);
            Object target = arguments.output(0);
            threads.range(gathering.size(), GRAIN, (from, to) -> gathering.copy(source, target, from, from, to));
        };
    }

    private static Gathering whole(Shape y) {
        return Gathering.of(List.of(new Even(Math.toIntExact(y.elements()), 0, 1)));
    }

    private static Gathering transpose(Shape x, Shape y, List<Integer> permutation) {
        int[] strides = x.strides();
        List<OffsetAxis> axes = new ArrayList<>();
        for (int axis = 0; axis < y.rank(); axis++) {
            axes.add(new Even(y.size(axis), 0, strides[permutation.get(axis)]));
        }
        return Gathering.of(axes);
    }

    /** The operand repeated along missing axes and axes of size 1. */
    static Gathering broadcast(Shape x, Shape y) {
        int[] strides = x.strides();
        int missing = y.rank() - x.rank();
        List<OffsetAxis> axes = new ArrayList<>();
        for (int axis = 0; axis < y.rank(); axis++) {
            boolean repeated = axis < missing || x.size(axis - missing) == 1;
            axes.add(new Even(y.size(axis), 0, repeated ? 0 : strides[axis - missing]));
        }
        return Gathering.of(axes);
    }

    private static Gathering slice(Slice op, Shape x, Shape y) {
        int[] strides = x.strides();
        List<OffsetAxis> axes = new ArrayList<>();
        for (int axis = 0; axis < y.rank(); axis++) {
            int start = op.starts().get(axis) * strides[axis];
            axes.add(new Even(y.size(axis), start, op.steps().get(axis) * strides[axis]));
        }
        return Gathering.of(axes);
    }

    private static Gathering reverse(Shape x, List<Integer> reversed) {
        int[] strides = x.strides();
        List<OffsetAxis> walked = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            int size = x.size(axis);
            int stride = strides[axis];
            walked.add(
                    reversed.contains(axis) ? new Even(size, (size - 1) * stride, -stride) : new Even(size, 0, stride));
        }
        return Gathering.of(walked);
    }

    private static Gathering pad(Pad op, Shape x, Shape y) {
        int[] strides = x.strides();
        List<OffsetAxis> axes = new ArrayList<>();
        for (int axis = 0; axis < y.rank(); axis++) {
            axes.add(padAxis(op.mode(), x.size(axis), op.before().get(axis), y.size(axis), strides[axis]));
        }
        return Gathering.of(axes);
    }

    private static OffsetAxis padAxis(MovementOp.PadMode mode, int size, int before, int padded, int stride) {
        if (padded == size && before == 0) {
            return new Even(size, 0, stride);
        }
        int[] offsets = new int[padded];
        for (int i = 0; i < padded; i++) {
            offsets[i] = padSource(mode, i - before, size) * stride;
        }
        return new Uneven(offsets);
    }

    private static int padSource(MovementOp.PadMode mode, int position, int size) {
        return switch (mode) {
            case CONSTANT -> position;
            case REFLECT -> position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position;
            case EDGE -> Math.clamp(position, 0, Math.max(0, size - 1));
            case WRAP -> Math.floorMod(position, Math.max(1, size));
        };
    }

    private static Kernel constantPad(Pad op, Node node) {
        TensorSpec x = node.input(0).spec();
        int[] sizes = x.shape().sizes();
        int[] target = node.output().shape().strides();
        int padded = sizes.length - 1;
        while (padded > 0 && op.before().get(padded) == 0 && op.after().get(padded) == 0) {
            padded--;
        }
        List<OffsetAxis> outer = new ArrayList<>();
        int rows = 1;
        int run = 1;
        int first = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            int start = op.before().get(axis) * target[axis];
            if (axis < padded) {
                outer.add(new Even(sizes[axis], start, target[axis]));
                rows *= sizes[axis];
            } else {
                first += start;
                run *= sizes[axis];
            }
        }
        Object value = Casting.scalar(op.value(), x.type());
        int all = Math.toIntExact(node.output().shape().elements());
        int length = run;
        int count = run == 0 ? 0 : rows;
        int begin = first;
        return arguments -> {
            RawArrays.fill(arguments.output(0), 0, all, value, 0);
            if (count > 0) {
                OffsetWalk walk = new OffsetWalk(outer, 0);
                for (int row = 0; row < count; row++, walk.advance()) {
                    int at = begin + walk.offset();
                    System.arraycopy(arguments.input(0), row * length, arguments.output(0), at, length);
                }
            }
        };
    }

    private static Kernel concat(Node node, int axis) {
        Shape y = node.output().shape();
        int outer = Math.toIntExact(y.slice(0, axis).elements());
        int inner = Math.toIntExact(y.slice(axis + 1, y.rank()).elements());
        int[] runs = node.inputs().stream()
                .map(Value::shape)
                .mapToInt(s -> s.size(axis) * inner)
                .toArray();
        int row = y.size(axis) * inner;
        return new RowKernel(row, arguments -> {
            Object result = arguments.output(0);
            int pitch = arguments.place().pitch(row);
            int start = arguments.place().start();
            for (int i = 0; i < runs.length; start += runs[i++]) {
                boolean isThere = arguments.input(i) == result;
                for (int o = 0; o < outer && !isThere; o++) {
                    System.arraycopy(arguments.input(i), o * runs[i], result, start + o * pitch, runs[i]);
                }
            }
        });
    }
}
