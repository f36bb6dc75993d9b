package dev.convoy.spi;

/** A backend cannot be had, or cannot run a graph. The message says what to do. */
public final class BackendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
