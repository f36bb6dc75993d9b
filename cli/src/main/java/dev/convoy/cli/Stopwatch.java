package dev.convoy.cli;

import java.util.Locale;

/** Times runs that follow each other: first those that warm up the JVM, which do not count, then the others. */
final class Stopwatch {

    private static final double NANOS = 1e9;
    private static final int FEWEST_RUNS = 5;
    private static final long REFRESH_NANOS = 500_000_000L;

    private final long warmUp;
    private final long measured;
    private final Terminal terminal;
    private final Timings timings = new Timings();
    private final long begin = System.nanoTime();
    private boolean warm;
    private long measuredFrom;
    private long last = begin;
    private long shown = begin;

    /** Starts with the first run. */
    Stopwatch(double warmUpSeconds, double seconds, Terminal terminal) {
        warmUp = (long) (warmUpSeconds * NANOS);
        measured = (long) (seconds * NANOS);
        this.terminal = terminal;
        if (!terminal.interactive()) {
            terminal.err()
                    .printf(Locale.ROOT, "warming up for %.1f s, measuring for %.1f s ...%n", warmUpSeconds, seconds);
            terminal.err().flush();
        }
    }

    /**
     * Ends a run and starts the next.
     *
     * @return whether there is to be a next
     */
    boolean lap() {
        long now = System.nanoTime();
        if (!warm) {
            warm = now - begin >= warmUp;
            measuredFrom = now;
        } else {
            timings.add(now - last);
        }
        boolean done = warm && now - measuredFrom >= measured && timings.count() >= FEWEST_RUNS;
        show(now, done);
        last = System.nanoTime();
        return !done;
    }

    /** The runs that counted. */
    Timings timings() {
        return timings;
    }

    private void show(long now, boolean done) {
        if (!terminal.interactive() || (now - shown < REFRESH_NANOS && !done)) {
            return;
        }
        shown = now;
        String line = warm
                ? progress("measuring", now - measuredFrom, measured)
                : progress("warming up", now - begin, warmUp);
        terminal.err().printf("\r%-40s%s", done ? "" : line, done ? "\r" : "");
        terminal.err().flush();
    }

    private static String progress(String what, long nanos, long of) {
        return String.format(Locale.ROOT, "%s, %.1f of %.1f s", what, nanos / NANOS, of / NANOS);
    }
}
