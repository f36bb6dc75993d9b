package dev.convoy.training;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a training to stop, from any thread, a shutdown hook for example. The training finishes the batch that runs, writes a
 * checkpoint if the trainer has a file for it, and returns. Thread-safe; a signal stays given.
 */
public final class StopSignal {

    private @Nullable String reason;

    /** Asks, with the reason "stopped on request". */
    public void request() {
        request("stopped on request");
    }

    /**
     * Asks; the first reason counts.
     *
     * @param why for {@link Training#stopped}
     */
    public synchronized void request(String why) {
        if (reason == null) {
            reason = why;
        }
    }

    /** The reason, once someone asked. */
    public synchronized Optional<String> requested() {
        return Optional.ofNullable(reason);
    }
}
