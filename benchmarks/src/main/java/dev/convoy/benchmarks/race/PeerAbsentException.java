package dev.convoy.benchmarks.race;

/** There is nobody to compare with; the message says why. */
public final class PeerAbsentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PeerAbsentException(String message) {
        super(message);
    }
}
