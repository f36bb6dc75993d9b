package dev.convoy.backend.cpu.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One axis of an array that is walked through another: the offset in the other that each position adds. */
sealed interface OffsetAxis {

    int length();

    int at(int position);

    /**
     * Steps evenly: position p adds {@code start + p * stride}. Takes no memory, however long it is.
     *
     * @param stride may be zero or negative
     */
    record Even(int length, int start, int stride) implements OffsetAxis {

        @Override
        public int at(int position) {
            return start + position * stride;
        }
    }

    /**
     * Steps as a table says, as mirrored and wrapped axes do.
     *
     * @param offsets for each position what it adds; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // neither compared nor shown
    record Uneven(int[] offsets) implements OffsetAxis {

        @Override
        public int length() {
            return offsets.length;
        }

        @Override
        public int at(int position) {
            return offsets[position];
        }
    }

    /** Both axes as one, outer first, if together they step evenly or one has length 1; else null. */
    static @Nullable OffsetAxis merged(OffsetAxis outer, OffsetAxis inner) {
        if (outer.length() == 1) {
            return moved(inner, outer.at(0));
        }
        if (inner.length() == 1) {
            return moved(outer, inner.at(0));
        }
        if (outer instanceof Even(int count, int first, int step)
                && inner instanceof Even(int length, int start, int stride)
                && step == stride * length) {
            return new Even(Math.multiplyExact(count, length), first + start, stride);
        }
        return null;
    }

    private static OffsetAxis moved(OffsetAxis axis, int by) {
        return switch (axis) {
            case Even(int length, int start, int stride) -> new Even(length, start + by, stride);
            case Uneven(int[] offsets) ->
                new Uneven(Arrays.stream(offsets).map(o -> o + by).toArray());
        };
    }
}
