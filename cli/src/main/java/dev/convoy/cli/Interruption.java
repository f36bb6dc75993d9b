package dev.convoy.cli;

import dev.convoy.training.StopSignal;
import java.util.concurrent.CountDownLatch;

/**
 * Turns the end of the JVM by Ctrl-C or SIGTERM into a request to the training: the JVM waits until the training has
 * written its checkpoint and this is closed.
 */
final class Interruption implements AutoCloseable {

    private final StopSignal signal = new StopSignal();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Terminal terminal) {
        hook = Thread.ofPlatform().name("convoy-interruption").unstarted(() -> {
            signal.request("interrupted");
            terminal.err().println();
            terminal.err().println("convoy: interrupted; the checkpoint is being written ...");
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Starts watching. */
    static Interruption watch(Terminal terminal) {
        Interruption interruption = new Interruption(terminal);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    StopSignal signal() {
        return signal;
    }

    /** Whether the JVM is about to end. */
    boolean requested() {
        return signal.requested().isPresent();
    }

    /** Stops watching, and lets the JVM end if it is about to. */
    @Override
    public void close() {
        closed.countDown();
        if (!requested()) {
            remove();
        }
    }

    private void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM began to end just now; the hook finds the latch open.
            System.getLogger(Interruption.class.getName()).log(System.Logger.Level.DEBUG, "The JVM is ending", e);
        }
    }
}
