package dev.convoy.data;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * Makes the next batches on a thread of its own while the caller works on one. Batches come in order. What their making
 * throws is thrown by {@link #next} in the place of that batch, and none comes after it.
 *
 * <p>For one caller's thread at a time. {@link #close} ends the thread, at the latest when the batch that it is making is
 * done; it is never interrupted, so that files a data set reads from stay open.
 */
public final class Prefetch implements Iterator<Batch>, AutoCloseable {

    /** What became of one batch. */
    private sealed interface Outcome {
        record Made(Batch batch) implements Outcome {}

        record Failed(Throwable cause) implements Outcome {}
    }

    private final int batches;
    private final IntFunction<Batch> make;
    private final int depth;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Outcome> ready = new ArrayDeque<>();
    private boolean closed;

    /** Touched by the caller's thread only. */
    private int taken;

    private Prefetch(int batches, IntFunction<Batch> make, int depth) {
        this.batches = batches;
        this.make = make;
        this.depth = depth;
        this.thread = Thread.ofPlatform().daemon().name("convoy-prefetch").unstarted(this::work);
    }

    /**
     * Starts making batches.
     *
     * @param batches how many there are
     * @param make makes the batch of a number in {@code [0, batches)}; called in order on one other thread
     * @param depth how many batches are made ahead at most; they are what is held in memory beside the caller's one
     * @throws IllegalArgumentException if the depth is not positive or the number of batches negative
     */
    public static Prefetch of(int batches, IntFunction<Batch> make, int depth) {
        if (batches < 0 || depth < 1) {
            throw new IllegalArgumentException(
                    "At least one batch is made ahead, got depth " + depth + " for " + batches + " batches");
        }
        Prefetch prefetch = new Prefetch(batches, make, depth);
        prefetch.thread.start();
        return prefetch;
    }

    private void work() {
        for (int i = 0; i < batches && awaitRoom(); i++) {
            Outcome outcome = outcome(i);
            put(outcome);
            if (outcome instanceof Outcome.Failed) {
                return;
            }
        }
    }

    private Outcome outcome(int number) {
        try {
            return new Outcome.Made(make.apply(number));
        } catch (Throwable e) { // belongs to the caller, whatever it is; the caller's thread throws it
            return new Outcome.Failed(e);
        }
    }

    /** @return whether another batch is wanted */
    private boolean awaitRoom() {
        lock.lock();
        try {
            while (!closed && ready.size() >= depth) {
                changed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void put(Outcome outcome) {
        lock.lock();
        try {
            if (!closed) {
                ready.add(outcome);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is a batch that {@link #next} has not given. */
    @Override
    public boolean hasNext() {
        return taken < batches;
    }

    /**
     * The next batch; waits until it is made.
     *
     * @throws NoSuchElementException if there is none, or an earlier one failed
     * @throws IllegalStateException if this is closed
     */
    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more batches");
        }
        switch (take()) {
            case Outcome.Made(Batch batch) -> {
                taken++;
                return batch;
            }
            case Outcome.Failed(Throwable cause) -> {
                taken = batches;
                throw thrown(cause);
            }
        }
    }

    private Outcome take() {
        lock.lock();
        try {
            while (!closed && ready.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                throw new IllegalStateException("These batches are closed");
            }
            Outcome outcome = ready.remove();
            changed.signalAll();
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("A batch could not be made: " + cause.getMessage(), cause);
        };
    }

    /** Ends the thread and waits until it has ended. Closing again does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ready.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
