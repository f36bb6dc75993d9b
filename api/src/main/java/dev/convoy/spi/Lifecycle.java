package dev.convoy.spi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether something is closed, and what it opened and closes with itself; for backends, executables, states and sessions.
 * Thread-safe.
 */
public final class Lifecycle {

    private final String name;
    private final Set<Closing> children = new LinkedHashSet<>();
    private boolean closed;

    /** Something that closes without a checked exception. */
    public interface Closing {
        void close();
    }

    /**
     * @param name what is closed, as the message says it: {@code this session}
     */
    public Lifecycle(String name) {
        this.name = name;
    }

    /**
     * @throws IllegalStateException if closed
     */
    public synchronized void check() {
        if (closed) {
            throw new IllegalStateException("Cannot use " + name + ": it is closed");
        }
    }

    /** Takes a child on, to be closed with this; if this is closed, the child is closed and the call fails. */
    public <T extends Closing> T adopt(T child) {
        synchronized (this) {
            if (!closed) {
                children.add(child);
                return child;
            }
        }
        child.close();
        check();
        return child;
    }

    /** Lets go of a child that was closed by itself. */
    public synchronized void forget(Closing child) {
        children.remove(child);
    }

    /** Closes the children, last opened first; true for the first call. */
    public boolean close() {
        List<Closing> open;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            open = new ArrayList<>(children);
            children.clear();
        }
        open.reversed().forEach(Closing::close);
        return true;
    }
}
