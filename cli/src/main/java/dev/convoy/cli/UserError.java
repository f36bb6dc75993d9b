package dev.convoy.cli;

/** The command cannot do what was asked for; the message says why and what to do. */
final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UserError(String message) {
        super(message);
    }
}
