package dev.convoy.graph;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The geometry of a sliding window over one to three spatial axes, with explicit and possibly uneven padding.
 *
 * <ul>
 *   <li>W1: there are 1 to 3 spatial axes, and every list has one entry per axis.
 *   <li>W2: sizes, strides and dilations are at least 1.
 *   <li>W3: pads are at least 0.
 * </ul>
 *
 * @param size elements of the window along each axis
 * @param strides steps between windows; 1 by default
 * @param dilations distance of neighbouring window elements; 1 by default
 * @param padsBegin padding before the first element (top, left); 0 by default
 * @param padsEnd padding after the last element (bottom, right); 0 by default
 */
public record Window(
        List<Integer> size,
        List<Integer> strides,
        List<Integer> dilations,
        List<Integer> padsBegin,
        List<Integer> padsEnd) {

    /**
     * @throws GraphException if a rule is broken
     */
    public Window {
        size = List.copyOf(size);
        strides = List.copyOf(strides);
        dilations = List.copyOf(dilations);
        padsBegin = List.copyOf(padsBegin);
        padsEnd = List.copyOf(padsEnd);
        int rank = size.size();
        Check check = Check.of("Window");
        check.that(rank >= 1 && rank <= 3, "W1", "a window has one to three spatial axes", "1 to 3", rank);
        for (List<Integer> list : List.of(strides, dilations, padsBegin, padsEnd)) {
            check.that(list.size() == rank, "W1", "every list has one entry per spatial axis", rank, list.size());
        }
        for (List<Integer> list : List.of(size, strides, dilations)) {
            check.that(
                    list.stream().allMatch(v -> v >= 1),
                    "W2",
                    "sizes, strides and dilations are at least 1",
                    ">= 1",
                    list);
        }
        for (List<Integer> list : List.of(padsBegin, padsEnd)) {
            check.that(list.stream().allMatch(v -> v >= 0), "W3", "pads are at least 0", ">= 0", list);
        }
    }

    /** A window with stride 1, dilation 1 and no padding. */
    public static Window of(Integer... size) {
        return of(List.of(size));
    }

    /** A window with stride 1, dilation 1 and no padding. */
    public static Window of(List<Integer> size) {
        List<Integer> ones = Collections.nCopies(size.size(), 1);
        List<Integer> zeros = Collections.nCopies(size.size(), 0);
        return new Window(size, ones, ones, zeros, zeros);
    }

    public Window withStrides(List<Integer> newStrides) {
        return new Window(size, newStrides, dilations, padsBegin, padsEnd);
    }

    public Window withStrides(Integer... newStrides) {
        return withStrides(List.of(newStrides));
    }

    public Window withDilations(List<Integer> newDilations) {
        return new Window(size, strides, newDilations, padsBegin, padsEnd);
    }

    public Window withDilations(Integer... newDilations) {
        return withDilations(List.of(newDilations));
    }

    public Window withPads(List<Integer> begin, List<Integer> end) {
        return new Window(size, strides, dilations, begin, end);
    }

    /** The same padding before and after each axis. */
    public Window withPads(Integer... both) {
        return withPads(List.of(both), List.of(both));
    }

    /** The number of spatial axes. */
    public int rank() {
        return size.size();
    }

    /** The number of elements in one window. */
    public int elements() {
        return size.stream().reduce(1, Math::multiplyExact);
    }

    /** The elements that a window spans along an axis, gaps of the dilation included. */
    public int extent(int axis) {
        return Math.addExact(Math.multiplyExact(size.get(axis) - 1, dilations.get(axis)), 1);
    }

    /** Padding before and after an axis together. */
    public int padTotal(int axis) {
        return Math.addExact(padsBegin.get(axis), padsEnd.get(axis));
    }

    /**
     * The number of windows along an axis: {@code floor((input + pads - extent) / stride) + 1}.
     *
     * <p>With {@code ceilMode} the quotient is rounded up, and a last window that would start in the padding behind the
     * input is dropped (PyTorch 2, ONNX 19 pooling).
     *
     * @param input elements of the data along the axis
     * @return the count, which is 0 or negative if not one window fits
     */
    public int outputSize(int axis, int input, boolean ceilMode) {
        int stride = strides.get(axis);
        int room = input + padTotal(axis) - extent(axis);
        if (!ceilMode) {
            return Math.floorDiv(room, stride) + 1;
        }
        int count = Math.ceilDiv(room, stride) + 1;
        return (count - 1) * stride >= input + padsBegin.get(axis) ? count - 1 : count;
    }

    /**
     * Whether a window has an element inside the data along an axis; a padded or dilated one may lie around it.
     *
     * @param input elements of the data along the axis
     * @param position the window's number along the axis
     */
    public boolean meets(int axis, int input, int position) {
        int start = position * strides.get(axis) - padsBegin.get(axis);
        int step = dilations.get(axis);
        int first = start >= 0 ? start : start + Math.ceilDiv(-start, step) * step;
        return first < input && first < start + extent(axis);
    }

    /**
     * One of the first windows along an axis that has no element inside the data, or -1. Those that begin inside meet it; of
     * those that begin before it the first reaches least far, and where the dilation is larger than the data each one may
     * step over it.
     */
    int outside(int axis, int input, int positions) {
        if (positions == 0) {
            return -1;
        }
        int step = dilations.get(axis);
        int stride = strides.get(axis);
        boolean alike = step <= input || stride % step == 0;
        int before = alike ? 1 : Math.min(positions, Math.ceilDiv(padsBegin.get(axis), stride));
        for (int position = 0; position < before; position++) {
            if (!meets(axis, input, position)) {
                return position;
            }
        }
        return meets(axis, input, positions - 1) ? -1 : positions - 1;
    }

    /** For example {@code size [3, 3] strides [2, 2] pads [0, 0]..[1, 1]}; what has its default is left out. */
    @Override
    public String toString() {
        boolean strided = strides.stream().anyMatch(v -> v != 1);
        boolean dilated = dilations.stream().anyMatch(v -> v != 1);
        boolean padded = Stream.concat(padsBegin.stream(), padsEnd.stream()).anyMatch(v -> v != 0);
        return "size " + size + (strided ? " strides " + strides : "") + (dilated ? " dilations " + dilations : "")
                + (padded ? " pads " + padsBegin + ".." + padsEnd : "");
    }
}
