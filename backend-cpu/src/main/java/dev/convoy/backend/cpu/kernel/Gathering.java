package dev.convoy.backend.cpu.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each element of a dense result stands in a source: the sum of one offset per axis. Describes transposed, sliced,
 * reversed, broadcast, mirrored and wrapped arrays alike; works on every storage.
 */
final class Gathering {

    private enum Inner {
        CONTIGUOUS,
        REPEATED,
        ANY
    }

    private final int[][] offsets;
    private final int size;
    private final Inner inner;

    private Gathering(int[][] offsets) {
        this.offsets = offsets;
        size = Arrays.stream(offsets).mapToInt(o -> o.length).reduce(1, Math::multiplyExact);
        int[] last = offsets[offsets.length - 1];
        inner = isLinear(last, 1) ? Inner.CONTIGUOUS : isLinear(last, 0) ? Inner.REPEATED : Inner.ANY;
    }

    /**
     * @param offsets for each axis of the result the offset that each position adds
     */
    static Gathering of(int[][] offsets) {
        List<int[]> merged = new ArrayList<>();
        for (int[] axis : offsets) {
            int[] outer = merged.isEmpty() ? null : merged.getLast();
            if (outer != null && mergeable(outer, axis)) {
                merged.set(merged.size() - 1, merge(outer, axis));
            } else {
                merged.add(axis);
            }
        }
        return new Gathering(merged.isEmpty() ? new int[][] {{0}} : merged.toArray(int[][]::new));
    }

    /** The axis of a result that steps through the source evenly. */
    static int[] linear(int size, int start, int stride) {
        int[] offsets = new int[size];
        for (int i = 0; i < size; i++) {
            offsets[i] = start + i * stride;
        }
        return offsets;
    }

    /** Merges axes of length 1, and axes that together step evenly. */
    private static boolean mergeable(int[] outer, int[] axis) {
        if (outer.length == 1 || axis.length == 1) {
            return true;
        }
        if (outer.length == 0 || axis.length == 0) {
            return false;
        }
        int stride = axis[1] - axis[0];
        return isLinear(axis, stride) && isLinear(outer, stride * axis.length);
    }

    private static int[] merge(int[] outer, int[] axis) {
        int[] merged = new int[Math.multiplyExact(outer.length, axis.length)];
        for (int i = 0, at = 0; i < outer.length; i++) {
            for (int offset : axis) {
                merged[at++] = outer[i] + offset;
            }
        }
        return merged;
    }

    private static boolean isLinear(int[] offsets, int stride) {
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] - offsets[i - 1] != stride) {
                return false;
            }
        }
        return true;
    }

    /** Elements of the result. */
    int size() {
        return size;
    }

    /** Whether the result is the source from its beginning. */
    boolean isIdentity() {
        return offsets.length == 1 && inner == Inner.CONTIGUOUS && (size == 0 || offsets[0][0] == 0);
    }

    /** Copies result elements {@code [from, to)} to a target, the first at {@code at}. */
    void copy(Object source, Object target, int at, int from, int to) {
        int[] last = offsets[offsets.length - 1];
        int position = from;
        while (position < to) {
            int column = position % last.length;
            int count = Math.min(last.length - column, to - position);
            run(source, base(position / last.length), last, column, target, at + position - from, count);
            position += count;
        }
    }

    private int base(int row) {
        int base = 0;
        int rest = row;
        for (int axis = offsets.length - 2; axis >= 0; axis--) {
            base += offsets[axis][rest % offsets[axis].length];
            rest /= offsets[axis].length;
        }
        return base;
    }

    private void run(Object source, int base, int[] last, int column, Object target, int at, int count) {
        switch (inner) {
            case CONTIGUOUS -> System.arraycopy(source, base + last[column], target, at, count);
            case REPEATED -> RawArrays.fill(target, at, at + count, source, base + last[column]);
            case ANY -> RawArrays.gather(source, base, last, column, target, at, count);
        }
    }
}
