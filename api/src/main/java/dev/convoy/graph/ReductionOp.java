package dev.convoy.graph;

import java.util.List;

/** Ops that combine elements along axes. */
public sealed interface ReductionOp extends CoreOp {

    /**
     * Combines all elements along {@code axes} into one.
     *
     * <ul>
     *   <li>C1: one operand, real or integer; bool only for MAX and MIN.
     *   <li>C2: axes are in {@code [0, rank)}, ascending, each once. No axes leave the operand as it is.
     *   <li>C3: MEAN, MAX and MIN reduce at least one element.
     * </ul>
     *
     * @param keepDims whether a reduced axis stays with size 1
     */
    @Since(1)
    record Reduce(ReduceFn fn, List<Integer> axes, boolean keepDims) implements ReductionOp {
        public Reduce {
            axes = List.copyOf(axes);
        }
    }

    /**
     * The position of the largest or smallest element along an axis, as int64. The first NaN wins over all else.
     *
     * <ul>
     *   <li>C1: one operand, real or integer.
     *   <li>C2: the axis is in {@code [0, rank)} and has at least one element.
     * </ul>
     *
     * @param largest argmax if true, argmin if false
     * @param keepDims whether the axis stays with size 1
     * @param lastOnTie which of equal elements is taken: the last if true, the first if false
     */
    @Since(1)
    record ArgReduce(boolean largest, int axis, boolean keepDims, boolean lastOnTie) implements ReductionOp {}

    /**
     * Running sums or products along an axis.
     *
     * <ul>
     *   <li>C1: one operand, real or integer, and fn is SUM or PROD.
     *   <li>C2: the axis is in {@code [0, rank)}.
     * </ul>
     *
     * @param exclusive whether an element counts only from the next place on
     * @param reverse whether it runs from the end to the start
     */
    @Since(1)
    record Cumulative(ReduceFn fn, int axis, boolean exclusive, boolean reverse) implements ReductionOp {}

    /**
     * The k largest or smallest elements along an axis and their positions, sorted; equal elements in the order of their
     * positions. Two results: values of the operand's type, indices int64.
     *
     * <ul>
     *   <li>C1: one operand, real or integer.
     *   <li>C2: the axis is in {@code [0, rank)}, and k in {@code [0, size]}.
     *   <li>Where NaN stands is unspecified.
     * </ul>
     */
    @Since(1)
    record TopK(int k, int axis, boolean largest) implements ReductionOp {}
}
