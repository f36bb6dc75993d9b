package dev.convoy.backend.onnx;

/** Something native that is used by runs and freed once it is closed and no run uses it any more. Thread-safe. */
final class Lease {

    private final String name;
    private final Runnable free;
    private int users;
    private boolean closed;

    /**
     * @param name what is used, as the message says it: {@code this session}
     * @param free called once
     */
    Lease(String name, Runnable free) {
        this.name = name;
        this.free = free;
    }

    /**
     * Keeps it from being freed until {@link #release}.
     *
     * @throws IllegalStateException if it is closed
     */
    synchronized void acquire() {
        if (closed) {
            throw new IllegalStateException("Cannot use " + name + ": it is closed");
        }
        users++;
    }

    void release() {
        boolean last;
        synchronized (this) {
            users--;
            last = closed && users == 0;
        }
        if (last) {
            free.run();
        }
    }

    /** Ends it: nobody can acquire it any more. Only the first call counts. */
    void close() {
        boolean unused;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            unused = users == 0;
        }
        if (unused) {
            free.run();
        }
    }
}
