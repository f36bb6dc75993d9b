package dev.convoy.graph;

import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Ops that move elements and change none; defined on every type that can be stored. */
public sealed interface MovementOp extends CoreOp {

    /**
     * The same elements in row-major order under another shape.
     *
     * <ul>
     *   <li>C1: one operand with as many elements as the target; a named dimension stands in both or in neither.
     * </ul>
     */
    @Since(1)
    record Reshape(Shape target) implements MovementOp {
        @Override
        public Reshape bind(Map<String, Integer> sizes) {
            return new Reshape(target.bind(sizes));
        }
    }

    /**
     * Reorders axes: axis i of the result is axis {@code permutation[i]} of the operand.
     *
     * <ul>
     *   <li>C1: one operand; the permutation names each of its axes once.
     * </ul>
     */
    @Since(1)
    record Transpose(List<Integer> permutation) implements MovementOp {
        public Transpose {
            permutation = List.copyOf(permutation);
        }
    }

    /**
     * Repeats the operand to the target shape, aligned at the last axes.
     *
     * <ul>
     *   <li>C1: one operand, whose every axis is 1 or the target's.
     * </ul>
     */
    @Since(1)
    record Broadcast(Shape target) implements MovementOp {
        @Override
        public Broadcast bind(Map<String, Integer> sizes) {
            return new Broadcast(target.bind(sizes));
        }
    }

    /**
     * Every {@code steps[i]}-th element from {@code starts[i]} up to, not including, {@code ends[i]} along axis i. An end
     * of {@link #TO_END} takes the axis to its end, and is the only end a named dimension may have (start 0, step 1).
     *
     * <ul>
     *   <li>C1: one operand; starts, ends and steps have one entry per axis.
     *   <li>C2: {@code 0 <= start <= end <= size}, and steps are at least 1.
     * </ul>
     */
    @Since(1)
    record Slice(List<Integer> starts, List<Integer> ends, List<Integer> steps) implements MovementOp {

        /** An end that stands for the size of the axis. */
        public static final int TO_END = Integer.MAX_VALUE;

        public Slice {
            starts = List.copyOf(starts);
            ends = List.copyOf(ends);
            steps = List.copyOf(steps);
        }
    }

    /**
     * Turns axes around.
     *
     * <ul>
     *   <li>C1: one operand; axes are in {@code [0, rank)}, ascending, each once.
     * </ul>
     */
    @Since(1)
    record Reverse(List<Integer> axes) implements MovementOp {
        public Reverse {
            axes = List.copyOf(axes);
        }
    }

    /** What {@link Pad} puts around its operand; ONNX's names. */
    enum PadMode {
        /** A constant. PyTorch: zeros. */
        CONSTANT,
        /** Mirrored at the edge element, which is not repeated. */
        REFLECT,
        /** The edge element. PyTorch: replicate. */
        EDGE,
        /** The operand from its other end. PyTorch: circular. */
        WRAP
    }

    /**
     * Puts elements around the operand.
     *
     * <ul>
     *   <li>C1: one operand; before and after have one entry per axis, each at least 0, and 0 for a named dimension.
     *   <li>C2: REFLECT pads less than the size of the axis, WRAP at most it, EDGE only an axis that is not empty.
     * </ul>
     *
     * @param value the constant, converted to the operand's type; used by CONSTANT only
     */
    @Since(1)
    record Pad(PadMode mode, List<Integer> before, List<Integer> after, double value) implements MovementOp {
        public Pad {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * Joins operands along an axis.
     *
     * <ul>
     *   <li>C1: one or more operands of the same type and rank; the axis is in {@code [0, rank)}.
     *   <li>C2: all other axes are equal.
     * </ul>
     */
    @Since(1)
    record Concat(int axis) implements MovementOp {}
}
