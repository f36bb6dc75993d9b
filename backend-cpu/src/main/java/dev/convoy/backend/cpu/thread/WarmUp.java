package dev.convoy.backend.cpu.thread;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Waits until C2 has compiled a function of the Vector API, which before that runs a thousand times slower. Whoever finds
 * it not ready does the same work in plain loops; meanwhile a thread of its own calls the function until it is fast.
 */
public final class WarmUp {

    private static final long FAST_NANOS = 8_000;
    private static final int ROUND = 50;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final ThreadPoolExecutor WORKER =
            new ThreadPoolExecutor(0, 1, 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "convoy-cpu-warm-up");
                thread.setDaemon(true);
                return thread;
            });

    private enum Progress {
        COLD,
        ASKED,
        READY
    }

    private final Runnable call;
    private volatile Progress progress = Progress.COLD;

    /**
     * @param call calls the function on data of its own, small enough to take well under {@code 8 µs} once compiled
     */
    public WarmUp(Runnable call) {
        this.call = call;
    }

    /** Whether the function is compiled; the first call that finds it is not has it warmed up. */
    public boolean isReady() {
        Progress now = progress;
        if (now == Progress.COLD) {
            ask();
        }
        return now == Progress.READY;
    }

    private synchronized void ask() {
        if (progress == Progress.COLD) {
            progress = Progress.ASKED;
            WORKER.execute(this::warm);
        }
    }

    private void warm() {
        long start = System.nanoTime();
        long fastest = Long.MAX_VALUE;
        while (fastest > FAST_NANOS && System.nanoTime() - start < PATIENCE_NANOS) {
            for (int i = 0; i < ROUND; i++) {
                long before = System.nanoTime();
                call.run();
                fastest = Math.min(fastest, System.nanoTime() - before);
            }
        }
        progress = Progress.READY;
    }
}
