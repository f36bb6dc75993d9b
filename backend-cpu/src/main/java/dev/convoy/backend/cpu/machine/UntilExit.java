package dev.convoy.backend.cpu.machine;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that a thread of the background does in steps, none of which is under way when the JVM has ended the program. A JVM
 * that writes an archive of its classes then ({@code -XX:ArchiveClassesAtExit}, {@code -XX:+AutoCreateSharedArchive})
 * crashes if another thread links a lambda meanwhile, as versions up to 25 do; and the Vector API is full of them.
 */
final class UntilExit implements AutoCloseable {

    private final Thread hook = new Thread(this::exit, "convoy-cpu-exit");
    private final Lock step = new ReentrantLock();
    private volatile boolean isExiting;

    UntilExit() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            isExiting = true;
        }
    }

    /** Runs a step and returns true; returns false without it if the JVM is ending. */
    boolean run(Runnable work) {
        step.lock();
        try {
            if (!isExiting) {
                work.run();
            }
            return !isExiting;
        } finally {
            step.unlock();
        }
    }

    /** Lets the step end that is under way, and none begin. */
    private void exit() {
        isExiting = true;
        step.lock();
        step.unlock();
    }

    /** Forgets the work, so that the JVM does not keep it until its end. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            isExiting = true;
        }
    }
}
