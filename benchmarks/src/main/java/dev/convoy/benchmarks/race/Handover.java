package dev.convoy.benchmarks.race;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long it takes until one processor sees what another has written. Within a group of cores that share a cache it is a
 * fraction of what it is between groups; and a hypervisor moves its processors from one to the other while programs run.
 */
public final class Handover {

    private static final int TRIALS = 40;
    private static final int THROWS = 2000;
    private static final int END = -1;

    private Handover() {}

    /** The best of some trials, in ns; takes some 20 ms of two processors. */
    public static double nanos() {
        AtomicInteger ball = new AtomicInteger();
        Thread partner = Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                int value = ball.get();
                if (value == END) {
                    return;
                }
                if (value == 1) {
                    ball.set(0);
                }
                Thread.onSpinWait();
            }
        });
        double best = Double.MAX_VALUE;
        for (int trial = 0; trial < TRIALS; trial++) {
            long begin = System.nanoTime();
            for (int i = 0; i < THROWS; i++) {
                ball.set(1);
                while (ball.get() != 0) {
                    Thread.onSpinWait();
                }
            }
            best = Math.min(best, (System.nanoTime() - begin) / (2.0 * THROWS));
        }
        ball.set(END);
        try {
            partner.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
        return best;
    }
}
