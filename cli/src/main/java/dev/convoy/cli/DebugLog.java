package dev.convoy.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The log of what happens inside, on standard error, between {@link #on} and {@link #off}. */
final class DebugLog {

    /** Held, or the logger and its level might be collected. */
    private static final Logger LOG = Logger.getLogger("dev.convoy");

    private static @Nullable Handler handler;

    private DebugLog() {}

    static synchronized void on() {
        if (handler == null) {
            handler = new ConsoleHandler();
            handler.setLevel(Level.FINE);
            LOG.addHandler(handler);
            LOG.setUseParentHandlers(false);
            LOG.setLevel(Level.FINE);
        }
    }

    static synchronized void off() {
        if (handler != null) {
            LOG.removeHandler(handler);
            LOG.setUseParentHandlers(true);
            LOG.setLevel(null);
            handler = null;
        }
    }
}
