package dev.convoy.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Convoy's own log on standard error while a command runs: warnings, and with {@code --debug} all that happens inside. */
final class Logging {

    /** Held, or the logger and its level might be collected. */
    private static final Logger LOG = Logger.getLogger("dev.convoy");

    private final Handler handler = new ConsoleHandler();

    private Logging() {}

    /** Starts logging. */
    static Logging start() {
        Logging logging = new Logging();
        logging.handler.setFormatter(new OneLine());
        logging.handler.setLevel(Level.ALL);
        LOG.addHandler(logging.handler);
        LOG.setUseParentHandlers(false);
        LOG.setLevel(Level.WARNING);
        return logging;
    }

    static void debug() {
        LOG.setLevel(Level.FINE);
    }

    /** Leaves the log as it was. */
    void close() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
        LOG.setLevel(null);
    }

    private static final class OneLine extends Formatter {

        @Override
        public String format(LogRecord entry) {
            Throwable thrown = entry.getThrown();
            return "convoy: " + formatMessage(entry) + (thrown == null ? "" : ": " + thrown) + System.lineSeparator();
        }
    }
}
