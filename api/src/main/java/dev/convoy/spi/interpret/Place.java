package dev.convoy.spi.interpret;

import java.util.Optional;

/**
 * Where a value lies in an array: in runs of neighbouring elements, evenly apart. Element i, counted row-major, is at
 * {@code start + i / run * pitch + i % run}. If the run is as long as the pitch, all elements are neighbours.
 *
 * @param run elements of a run, at least 1
 * @param pitch from the beginning of a run to that of the next
 */
public record Place(int start, int run, int pitch) {

    /** A value that has its array to itself. */
    public static final Place WHOLE = neighbours(0);

    public Place {
        if (start < 0 || run < 1 || pitch < run) {
            throw new IllegalArgumentException(
                    "Runs have elements and do not overlap: start " + start + ", run " + run + ", pitch " + pitch);
        }
    }

    /** Elements that all lie one after the other. */
    public static Place neighbours(int start) {
        return new Place(start, 1, 1);
    }

    /** Whether rows of so many elements lie evenly apart, each in one piece. */
    public boolean hasRows(int length) {
        return run == pitch || run == length;
    }

    /** From the beginning of a row to that of the next, for rows that it {@linkplain #hasRows has}. */
    public int pitch(int length) {
        return run == pitch ? length : pitch;
    }

    /** The place of a part in an array, where this is its place in a whole; empty if that is no even one. */
    Optional<Place> within(Place whole) {
        if (whole.run == whole.pitch) {
            return Optional.of(new Place(whole.start + start, run, pitch));
        }
        boolean inRows = whole.run == pitch && start + run <= pitch;
        return inRows ? Optional.of(new Place(whole.start + start, run, whole.pitch)) : Optional.empty();
    }

    /** Copies elements {@code [from, to)} of a value, which begin at an index of the source, to their place in the target. */
    public void copy(Object source, int at, Object target, int from, int to) {
        if (run == pitch) {
            System.arraycopy(source, at, target, start + from, to - from);
            return;
        }
        for (int i = from, length; i < to; i += length) {
            length = Math.min(run - i % run, to - i);
            System.arraycopy(source, at + i - from, target, start + i / run * pitch + i % run, length);
        }
    }
}
