package dev.convoy.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream from which nothing came for a while, so that a read of it ends. */
final class StallGuard implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StallGuard.class.getName());

    private final InputStream stream;
    private final long limitNanos;
    private final Thread watcher;
    private volatile long lastMove = System.nanoTime();
    private volatile boolean stalled;

    StallGuard(InputStream stream, Duration limit) {
        this.stream = stream;
        this.limitNanos = limit.toNanos();
        this.watcher = Thread.ofVirtual().name("convoy-download-watch").start(this::watch);
    }

    /** Something came. */
    void moved() {
        lastMove = System.nanoTime();
    }

    /** Whether the stream was closed because nothing came. */
    boolean stalled() {
        return stalled;
    }

    private void watch() {
        try {
            long left = limitNanos;
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = limitNanos - (System.nanoTime() - lastMove);
            }
            stalled = true;
            stream.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closing a stalled download failed", e);
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
