package dev.convoy.benchmarks.race;

/** One side of a comparison, ready to run. */
public interface Contestant extends AutoCloseable {

    String name();

    /**
     * Does its work again and again for about so long, at least once.
     *
     * @param nanos how long
     * @param timings gets the time of each run
     */
    void run(long nanos, Timings timings);

    /** What the work gave, channels last, for a comparison with the other sides; empty if that would mean nothing. */
    default float[] outputs() {
        return new float[0];
    }

    @Override
    void close();

    /** Repeats something in this thread, as {@link #run} says. */
    static void repeat(Runnable work, long nanos, Timings timings) {
        long begin = System.nanoTime();
        long last = begin;
        do {
            work.run();
            long now = System.nanoTime();
            timings.add(now - last);
            last = now;
        } while (last - begin < nanos);
    }
}
