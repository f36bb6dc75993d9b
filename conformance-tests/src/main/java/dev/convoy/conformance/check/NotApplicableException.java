package dev.convoy.conformance.check;

/** A check does not apply to the backend under test; it is reported as skipped, with the reason. */
public final class NotApplicableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotApplicableException(String reason) {
        super(reason);
    }
}
