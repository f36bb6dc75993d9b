package dev.convoy.models;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has callers wait for their turn where more of them at once would only take time from each other, and from the JVM's
 * compiler, with buffers of their own that displace the others' from the caches. Runs that take less time than it takes to
 * wait are let through.
 */
final class Turns {

    /** A run as short as this is let through: to put a thread to sleep and wake it takes a few percent of it. */
    private static final long SHORT_NANOS = 500_000;

    private final Semaphore free;

    /**
     * @param callers that may run at once, in the order in which they came
     */
    Turns(int callers) {
        free = new Semaphore(callers, true);
    }

    /** Runs of one kind, which take about the same time. */
    final class Kind {

        /** A low guess, as a run that was interrupted says nothing: falls at once, and rises slowly. */
        private volatile long nanos = Long.MAX_VALUE;

        /** Computes something, when it is this caller's turn. */
        <T extends @Nullable Object> T run(Supplier<T> work) {
            if (nanos < SHORT_NANOS) {
                return timed(work);
            }
            free.acquireUninterruptibly();
            try {
                return timed(work);
            } finally {
                free.release();
            }
        }

        private <T extends @Nullable Object> T timed(Supplier<T> work) {
            long begin = System.nanoTime();
            T result = work.get();
            long time = System.nanoTime() - begin;
            long guess = nanos;
            if (guess < SHORT_NANOS / 4 && time < SHORT_NANOS / 4) {
                return result;
            }
            long raised = guess + guess / 16;
            if (time < guess) {
                nanos = time;
            } else if (time > raised) {
                nanos = raised;
            }
            return result;
        }
    }
}
