package dev.convoy.walkthrough;

import dev.convoy.graph.Window;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What lies under a window: positions of the input, counted from 0. Those below 0 or behind the last are padding.
 *
 * @param rows from top to bottom, {@code [-1, 0, 1]} for a window of three rows with one in the padding above
 * @param columns from left to right
 */
public record Patch(List<Integer> rows, List<Integer> columns) {

    public Patch {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
    }

    static Patch under(Window window, int row, int column) {
        return new Patch(positions(window, 0, row), positions(window, 1, column));
    }

    private static List<Integer> positions(Window window, int axis, int position) {
        int start = position * window.strides().get(axis) - window.padsBegin().get(axis);
        return IntStream.range(0, window.size().get(axis))
                .mapToObj(i -> start + i * window.dilations().get(axis))
                .toList();
    }

    /** Whether an element of the input lies under this window. */
    public boolean covers(int row, int column) {
        return rows.contains(row) && columns.contains(column);
    }

    /** For example {@code rows 0..2, columns -1..1}, or {@code rows 0, 2, 4} where the window has gaps. */
    @Override
    public String toString() {
        return "rows " + range(rows) + ", columns " + range(columns);
    }

    private static String range(List<Integer> positions) {
        int first = positions.getFirst();
        int last = positions.getLast();
        if (positions.size() == 1) {
            return Integer.toString(first);
        }
        if (last - first == positions.size() - 1) {
            return first + ".." + last;
        }
        return positions.toString().replaceAll("[\\[\\]]", "");
    }
}
