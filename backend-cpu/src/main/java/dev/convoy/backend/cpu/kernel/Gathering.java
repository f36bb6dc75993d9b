package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.kernel.OffsetAxis.Even;
import dev.convoy.backend.cpu.kernel.OffsetAxis.Uneven;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each element of a dense result stands in a source: the sum of one offset per axis. Describes transposed, sliced,
 * reversed, broadcast, mirrored and wrapped arrays alike; works on every storage.
 */
final class Gathering {

    private static final Even ONE = new Even(1, 0, 0);

    private final List<OffsetAxis> outer;
    private final OffsetAxis row;
    private final OffsetAxis last;
    private final int size;

    private Gathering(List<OffsetAxis> axes) {
        int rank = axes.size();
        last = axes.get(rank - 1);
        row = rank > 1 ? axes.get(rank - 2) : ONE;
        outer = List.copyOf(axes.subList(0, Math.max(0, rank - 2)));
        size = axes.stream().mapToInt(OffsetAxis::length).reduce(1, Math::multiplyExact);
    }

    /**
     * @param axes of the result, the outermost first
     */
    static Gathering of(List<? extends OffsetAxis> axes) {
        List<OffsetAxis> merged = new ArrayList<>();
        for (OffsetAxis axis : axes) {
            OffsetAxis both = merged.isEmpty() ? null : OffsetAxis.merged(merged.getLast(), axis);
            if (both == null) {
                merged.add(axis);
            } else {
                merged.set(merged.size() - 1, both);
            }
        }
        return new Gathering(merged.isEmpty() ? List.of(new Even(1, 0, 1)) : merged);
    }

    /** Elements of the result. */
    int size() {
        return size;
    }

    /** Whether the result is the source from its beginning. */
    boolean isIdentity() {
        return row == ONE
                && last instanceof Even(int length, int start, int stride)
                && (length == 0 || start == 0)
                && (length <= 1 || stride == 1);
    }

    /** Copies result elements {@code [from, to)} to a target, the first at {@code at}. */
    void copy(Object source, Object target, int at, int from, int to) {
        if (from >= to) {
            return;
        }
        int length = last.length();
        OffsetWalk planes = new OffsetWalk(outer, from / length / row.length());
        int line = from / length % row.length();
        int column = from % length;
        for (int position = from; position < to; column = 0) {
            int begin = at + position - from;
            int whole = column == 0 ? Math.min(row.length() - line, (to - position) / length) : 0;
            if (whole > 0 && row instanceof Even rows && last instanceof Even columns) {
                int first = planes.offset() + rows.at(line) + columns.start();
                StridedCopy.plane(source, first, rows.stride(), columns.stride(), target, begin, whole, length);
                position += whole * length;
                line += whole;
            } else {
                int count = Math.min(length - column, to - position);
                run(source, planes.offset() + row.at(line), column, target, begin, count);
                position += count;
                line++;
            }
            if (line == row.length()) {
                line = 0;
                planes.advance();
            }
        }
    }

    private void run(Object source, int base, int column, Object target, int at, int count) {
        switch (last) {
            case Even axis -> StridedCopy.row(source, base + axis.at(column), axis.stride(), target, at, count);
            case Uneven(int[] offsets) -> RawArrays.gather(source, base, offsets, column, target, at, count);
        }
    }
}
