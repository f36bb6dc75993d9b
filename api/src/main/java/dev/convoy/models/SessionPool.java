package dev.convoy.models;

import dev.convoy.spi.Executable;
import dev.convoy.spi.Plan;
import dev.convoy.spi.Session;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An executable's sessions, each handed out to one caller at a time. A caller who finds one waiting writes nothing that
 * others read but the place where it waits, so that callers on several processors do not wait for each other's caches.
 */
final class SessionPool {

    /** Sessions that wait with their buffers for callers; those of a rush beyond that are closed. */
    private static final int PLACES = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    /** Places lie so far apart that they do not share a cache line. */
    private static final int PITCH = 16;

    private final AtomicReferenceArray<@Nullable Session> waiting = new AtomicReferenceArray<>(PLACES * PITCH);
    private final Supplier<Executable> compiler;
    private @Nullable Executable executable;

    /** Sessions that are open, or are being opened. */
    private final AtomicInteger open = new AtomicInteger();

    private volatile boolean retired;

    /**
     * @param compiler makes the executable, when it is first needed
     */
    SessionPool(Supplier<Executable> compiler) {
        this.compiler = compiler;
    }

    /** A session that is the caller's until it is given back or closed; null if this is retired. */
    @Nullable
    Session take() {
        int first = own();
        for (int i = 0; i < PLACES; i++) {
            int place = place(first + i);
            Session session = waiting.get(place) == null ? null : waiting.getAndSet(place, null);
            if (session != null) {
                return session;
            }
        }
        return open();
    }

    private @Nullable Session open() {
        open.incrementAndGet();
        Session session = null;
        try {
            session = openUnlessRetired();
            return session;
        } finally {
            if (session == null) {
                leave();
            }
        }
    }

    private synchronized @Nullable Session openUnlessRetired() {
        return retired ? null : executable().open();
    }

    /** Keeps a session for the next caller, or closes it if enough of them wait. */
    void giveBack(Session session) {
        int first = own();
        for (int i = 0; i < PLACES; i++) {
            int place = place(first + i);
            if (waiting.get(place) == null && waiting.compareAndSet(place, null, session)) {
                if (retired) {
                    closeWaiting();
                }
                return;
            }
        }
        close(session);
    }

    void close(Session session) {
        session.close();
        leave();
    }

    private void leave() {
        if (open.decrementAndGet() == 0 && retired) {
            closeExecutable();
        }
    }

    /** What a session runs; null if this is retired. */
    synchronized @Nullable Plan plan() {
        return retired ? null : executable().plan();
    }

    /** Whether all sessions wait, or did a moment ago. */
    boolean isUnused() {
        int count = 0;
        for (int i = 0; i < PLACES; i++) {
            count += waiting.get(place(i)) == null ? 0 : 1;
        }
        return count == open.get();
    }

    /** Hands out no more; closes the executable when the last session has been given back. */
    void retire() {
        retired = true;
        closeWaiting();
        if (open.get() == 0) {
            closeExecutable();
        }
    }

    private void closeWaiting() {
        for (int i = 0; i < PLACES; i++) {
            Session session = waiting.getAndSet(place(i), null);
            if (session != null) {
                close(session);
            }
        }
    }

    private Executable executable() {
        if (executable == null) {
            executable = compiler.get();
        }
        return executable;
    }

    private synchronized void closeExecutable() {
        if (executable != null) {
            executable.close();
            executable = null;
        }
    }

    /** Where this thread looks first: mostly another place than other threads, and the same as the last time. */
    private static int own() {
        return (int) (Thread.currentThread().threadId() % PLACES);
    }

    private static int place(int number) {
        return number % PLACES * PITCH;
    }
}
