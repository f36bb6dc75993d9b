package dev.convoy.backend.cpu.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few daemon threads that help callers with their work. A caller always works itself and waits for nothing but items
 * that somebody has begun, so any number of callers may run at once, and one whose helpers are busy just does more. Where
 * there are as many callers as threads, what is short each does alone.
 *
 * <p>The items are a matter of the work alone, each computes its own part of the result, and so the result does not
 * depend on the number of threads.
 */
public final class Threads implements AutoCloseable {

    /** Part of a range. */
    @FunctionalInterface
    public interface Range {
        void run(int from, int to);
    }

    /** How long a helper looks for work before it rests: the steps of a run follow one another faster than this. */
    private static final long SPIN_NANOS = 100_000;

    /** Operations for which it takes about as long to wake a helper as to do them. */
    private static final long WORTH_WAKING = 2_000_000;

    /** Operations that are done before a second thread has had a look at them. */
    private static final long WORTH_SHARING = 100_000;

    /** Operations that take so long that help pays even beside other callers, who may be gone soon. */
    private static final long LONG = 8_000_000;

    /** After so many calls that found few callers, the others are not just between two calls of theirs. */
    private static final int LEFT = 32;

    /** What an item of a range is taken for. */
    private static final long OPERATIONS_OF_PART = 200_000;

    private final int count;
    private final List<Helper> helpers = new ArrayList<>();
    private final ConcurrentLinkedDeque<Job> jobs = new ConcurrentLinkedDeque<>();
    private final AtomicInteger callers = new AtomicInteger();
    private volatile boolean closed;

    /** Whether this thread is in a call already, of which the calls of an item are a part. */
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    /** Calls in a row, {@link #LEFT} at most, that found fewer callers than threads. */
    private volatile int uncrowded = LEFT;

    /** Operations of calls that woke nobody; threads that overwrite each other's sums only wake a little later. */
    private volatile long alone;

    /**
     * @param count threads that one run may use, the caller among them; 0 for one per processor
     */
    public Threads(int count) {
        this.count = count > 0 ? count : Runtime.getRuntime().availableProcessors();
        for (int i = 1; i < this.count; i++) {
            Helper helper = new Helper(i);
            helpers.add(helper);
            helper.start();
        }
    }

    public int count() {
        return count;
    }

    /**
     * Runs items 0 to {@code items - 1}, each once and in no particular order, and returns when all have ended. What an
     * item throws is thrown here; items not begun by then are left out.
     */
    public void forEach(int items, IntConsumer item) {
        forEach(items, WORTH_WAKING, item);
    }

    /**
     * The same where little work is no reason to wake a helper: those that still look for work join in; if all rest, one
     * call of little work stays on its caller's thread, and many of them wake helpers as a large one would.
     *
     * @param operations about how many multiplications and additions all items take
     */
    public void forEach(int items, long operations, IntConsumer item) {
        if (items <= 1 || helpers.isEmpty() || operations < WORTH_SHARING) {
            alone(items, item);
            return;
        }
        if (inside.get() || Thread.currentThread() instanceof Helper) {
            offer(items, operations, false, item);
            return;
        }
        inside.set(true);
        boolean crowded = enter() && operations < LONG;
        try {
            offer(items, operations, crowded, item);
        } finally {
            callers.decrementAndGet();
            inside.set(false);
        }
    }

    private void offer(int items, long operations, boolean crowded, IntConsumer item) {
        boolean resting = areResting();
        boolean wakes = operations >= WORTH_WAKING || resting && !crowded && addUp(operations);
        if (crowded || resting && !wakes) {
            alone(items, item);
        } else {
            share(items, item, wakes);
        }
    }

    private static void alone(int items, IntConsumer item) {
        for (int i = 0; i < items; i++) {
            item.accept(i);
        }
    }

    private void share(int items, IntConsumer item, boolean wakes) {
        Job job = new Job(items, count, item);
        jobs.add(job);
        if (wakes) {
            wake(items - 1);
        }
        job.work(0);
        jobs.remove(job);
        job.await();
    }

    /** Counts a caller in; whether there are, or were just now, as many as threads. */
    private boolean enter() {
        if (callers.incrementAndGet() >= count) {
            uncrowded = 0;
            return true;
        }
        int calls = uncrowded;
        if (calls < LEFT) {
            uncrowded = calls + 1;
        }
        return calls < LEFT;
    }

    /** Whether what was done while all helpers rested, and is to be done now, would have paid for waking them. */
    private boolean addUp(long operations) {
        long sum = alone + operations;
        alone = sum < WORTH_WAKING ? sum : 0;
        return sum >= WORTH_WAKING;
    }

    private boolean areResting() {
        for (int i = 0; i < helpers.size(); i++) {
            if (!helpers.get(i).idle) {
                return false;
            }
        }
        return true;
    }

    private void wake(int wanted) {
        int asleep = wanted;
        for (int i = 0; i < helpers.size() && asleep > 0; i++) {
            if (helpers.get(i).wake()) {
                asleep--;
            }
        }
    }

    /** Cuts {@code [0, length)} into parts of {@code grain}, the last one shorter, and runs them as items. */
    public void range(int length, int grain, Range part) {
        if (length <= grain) {
            part.run(0, length);
            return;
        }
        int parts = Math.ceilDiv(length, grain);
        forEach(parts, parts * OPERATIONS_OF_PART, i -> {
            int from = i * grain;
            part.run(from, (int) Math.min(length, (long) from + grain));
        });
    }

    /** Ends the helpers; work that is handed in afterwards runs on its caller alone. */
    @Override
    public void close() {
        closed = true;
        helpers.forEach(LockSupport::unpark);
    }

    private final class Helper extends Thread {

        private volatile boolean idle;

        private final int number;

        Helper(int number) {
            super("convoy-cpu-" + number);
            this.number = number;
            setDaemon(true);
        }

        /** Whether this one was idle and now is not. */
        boolean wake() {
            if (!idle) {
                return false;
            }
            idle = false;
            LockSupport.unpark(this);
            return true;
        }

        @Override
        public void run() {
            while (!closed) {
                Job job = next();
                if (job != null) {
                    job.work(number);
                } else {
                    rest();
                }
            }
        }

        private @Nullable Job next() {
            for (Job job : jobs) {
                if (job.hasItems()) {
                    return job;
                }
            }
            return null;
        }

        private void rest() {
            long start = System.nanoTime();
            while (System.nanoTime() - start < SPIN_NANOS) {
                if (!jobs.isEmpty() && next() != null) {
                    return;
                }
                Thread.onSpinWait();
            }
            idle = true;
            while (idle && !closed) {
                if (next() != null) {
                    break;
                }
                LockSupport.park(this);
            }
            idle = false;
        }
    }
}
