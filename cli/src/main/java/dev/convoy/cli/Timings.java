package dev.convoy.cli;

import java.util.Arrays;

/** How long each of many runs took. */
final class Timings {

    private static final double MILLIS = 1e6;
    private static final double SECONDS = 1e9;

    private long[] nanos = new long[1024];
    private int count;

    void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    int count() {
        return count;
    }

    /** The sum of all runs. */
    double seconds() {
        return Arrays.stream(nanos, 0, count).sum() / SECONDS;
    }

    double medianMillis() {
        return quantileMillis(0.5);
    }

    double minMillis() {
        return quantileMillis(0);
    }

    /**
     * The time that a share of the runs did not exceed (nearest rank).
     *
     * @param share from 0, which is the shortest run, to 1, the longest
     * @throws IllegalStateException if there was no run
     */
    double quantileMillis(double share) {
        if (count == 0) {
            throw new IllegalStateException("Nothing was timed");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return sorted[Math.max(rank, 1) - 1] / MILLIS;
    }
}
