package dev.convoy.backend.cpu.thread;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The items of one call, handed out one at a time. */
final class Job {

    private static final int SPINS = 2_000;

    private final int items;
    private final IntConsumer item;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(int items, IntConsumer item) {
        this.items = items;
        this.item = item;
    }

    boolean hasItems() {
        return next.get() < items;
    }

    /** Takes items until none is left. */
    void work() {
        while (hasItems()) {
            int taken = next.getAndIncrement();
            if (taken >= items) {
                return;
            }
            try {
                if (failure.get() == null) {
                    item.accept(taken);
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
            if (ended.incrementAndGet() == items && Thread.currentThread() != caller) {
                LockSupport.unpark(caller);
            }
        }
    }

    /** Waits for items that helpers have begun; throws what one of them threw first. */
    void await() {
        for (int spin = 0; ended.get() < items; spin++) {
            if (spin < SPINS) {
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
