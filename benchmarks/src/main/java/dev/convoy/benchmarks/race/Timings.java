package dev.convoy.benchmarks.race;

import java.util.Arrays;

/** How long each of many runs took. */
public final class Timings {

    private static final double MILLIS = 1e6;

    private long[] nanos = new long[64];
    private int count;

    public void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    void addAll(Timings others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    public int count() {
        return count;
    }

    /**
     * The time in ms that a share of the runs did not exceed (nearest rank): 0 gives the shortest, 0.5 the median.
     *
     * @throws IllegalStateException if there was no run
     */
    public double quantile(double share) {
        if (count == 0) {
            throw new IllegalStateException("Nothing was timed");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.max((int) Math.ceil(share * count), 1) - 1] / MILLIS;
    }

    public double median() {
        return quantile(0.5);
    }
}
