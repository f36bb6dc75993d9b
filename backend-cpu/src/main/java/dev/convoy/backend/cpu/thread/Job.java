package dev.convoy.backend.cpu.thread;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The items of one call, handed out one at a time. Each thread has a range of its own, the same in each call of as many
 * items, so that what it wrote in one step of a network is in its cache in the next; when its range is empty it takes
 * items from the ends of the others'.
 */
final class Job {

    private static final long SPIN_NANOS = 100_000;
    private static final int SPINS = 64;

    /** Ranges lie so far apart that threads do not share a cache line. */
    private static final int PITCH = 16;

    private final int items;
    private final IntConsumer item;
    private final Thread caller = Thread.currentThread();
    private final int ranges;

    /** Of each range the items that are left: the first in the upper half, the end in the lower. */
    private final AtomicLongArray left;

    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param threads that may work, the caller among them
     */
    Job(int items, int threads, IntConsumer item) {
        this.items = items;
        this.item = item;
        ranges = Math.min(items, threads);
        left = new AtomicLongArray(ranges * PITCH);
        for (int range = 0; range < ranges; range++) {
            left.setPlain(range * PITCH, pair(start(range), start(range + 1)));
        }
    }

    private int start(int range) {
        return (int) ((long) items * range / ranges);
    }

    private static long pair(int first, int end) {
        return (long) first << Integer.SIZE | end;
    }

    private static int first(long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    private static int end(long pair) {
        return (int) pair;
    }

    boolean hasItems() {
        for (int range = 0; range < ranges; range++) {
            long pair = left.get(range * PITCH);
            if (first(pair) < end(pair)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes items until none is left.
     *
     * @param thread 0 for the caller, then the helpers
     */
    void work(int thread) {
        int done = 0;
        for (int i = 0; i < ranges; i++) {
            int range = (thread + i) % ranges;
            for (int taken = take(range, i > 0); taken >= 0; taken = take(range, i > 0)) {
                run(taken);
                done++;
            }
        }
        if (done > 0 && ended.addAndGet(done) == items && Thread.currentThread() != caller) {
            LockSupport.unpark(caller);
        }
    }

    private void run(int taken) {
        try {
            if (failure.get() == null) {
                item.accept(taken);
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    /** The next item of a range, or its last; -1 if there is none. */
    private int take(int range, boolean last) {
        while (true) {
            long pair = left.get(range * PITCH);
            int first = first(pair);
            int end = end(pair);
            if (first >= end) {
                return -1;
            }
            long rest = last ? pair(first, end - 1) : pair(first + 1, end);
            if (left.compareAndSet(range * PITCH, pair, rest)) {
                return last ? end - 1 : first;
            }
        }
    }

    /** Waits for items that helpers have begun; throws what one of them threw first. */
    void await() {
        long start = 0;
        for (int spin = 0; ended.get() < items; spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
                continue;
            }
            long now = System.nanoTime();
            start = spin == SPINS ? now : start;
            if (now - start < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
