package dev.convoy.conformance.reference;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Something that is open until it is closed, and closes what it made before. Thread-safe. */
class Owner implements AutoCloseable {

    private final String kind;
    private final Set<Owner> owned = new LinkedHashSet<>();
    private boolean closed;

    /**
     * @param kind its name in messages, {@code session} for example
     */
    Owner(String kind) {
        this.kind = kind;
    }

    /**
     * @throws IllegalStateException if this is closed
     */
    final synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This " + kind + " is closed");
        }
    }

    final synchronized <T extends Owner> T own(T child) {
        requireOpen();
        owned.add(child);
        return child;
    }

    @Override
    public final void close() {
        List<Owner> children;
        synchronized (this) {
            closed = true;
            children = List.copyOf(owned);
            owned.clear();
        }
        children.forEach(Owner::close);
    }
}
