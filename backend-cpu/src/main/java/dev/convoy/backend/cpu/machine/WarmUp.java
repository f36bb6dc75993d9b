package dev.convoy.backend.cpu.machine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Knows whether C2 has compiled a function of the Vector API, which before that runs a thousand times slower. A thread of
 * its own calls the function until it is fast; whoever needs it meanwhile does the same work in plain loops, or waits.
 */
public final class WarmUp {

    /** What to do with a function that is not compiled yet. */
    public enum Mode {
        /** Use it all the same. */
        AT_ONCE,
        /** Compute without it; it is warmed up a little later, so that a program which predicts once ends undisturbed. */
        IN_BACKGROUND,
        /** Wait for it. */
        WAITED_FOR
    }

    private static final long FAST_NANOS = 8_000;
    private static final int ROUND = 50;
    /** Processor time of the thread, so that a busy computer does not use it up. */
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /** How much later. */
    private static final long REST_NANOS = 100_000_000L;

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
    private final CountDownLatch warm = new CountDownLatch(1);
    private volatile Progress progress = Progress.COLD;

    /**
     * @param call calls the function on data of its own, small enough to take well under {@code 8 µs} once compiled
     */
    public WarmUp(Runnable call) {
        this.call = call;
    }

    /** Whether to use the function now; the first call that finds it is not compiled has it warmed up. */
    public boolean isReady(Mode mode) {
        if (progress == Progress.READY) {
            return true;
        }
        switch (mode) {
            case AT_ONCE -> {}
            case IN_BACKGROUND -> ask(REST_NANOS);
            case WAITED_FOR -> {
                ask(0);
                await();
            }
        }
        return mode == Mode.AT_ONCE || progress == Progress.READY;
    }

    private void ask(long rest) {
        if (progress != Progress.COLD) {
            return;
        }
        synchronized (this) {
            if (progress == Progress.COLD) {
                progress = Progress.ASKED;
                long begin = System.nanoTime() + rest;
                WORKER.execute(() -> warm(begin));
            }
        }
    }

    /** Goes on when the function is compiled; an interrupt is kept for those who look for it. */
    private void await() {
        boolean interrupted = false;
        while (true) {
            try {
                warm.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void warm(long begin) {
        try {
            TimeUnit.NANOSECONDS.sleep(begin - System.nanoTime());
            try (UntilExit jvm = new UntilExit()) {
                Calls calls = new Calls();
                while (!calls.enough && jvm.run(calls)) {}
                if (calls.enough) {
                    progress = Progress.READY;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts this thread", e);
        } finally {
            warm.countDown();
        }
    }

    /** Calls the function once each time that it runs. */
    private final class Calls implements Runnable {

        private long start;
        private long fastest = Long.MAX_VALUE;
        private int made;
        private boolean enough;

        @Override
        public void run() {
            if (made == 0) {
                start = processorNanos();
            }
            long before = System.nanoTime();
            call.run();
            fastest = Math.min(fastest, System.nanoTime() - before);
            made++;
            enough = made % ROUND == 0 && (fastest <= FAST_NANOS || processorNanos() - start >= PATIENCE_NANOS);
        }
    }

    /** What this thread has computed for; the time of day where the JVM does not know it. */
    private static long processorNanos() {
        try {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                    ? threads.getCurrentThreadCpuTime()
                    : System.nanoTime();
        } catch (LinkageError e) {
            return System.nanoTime();
        }
    }
}
