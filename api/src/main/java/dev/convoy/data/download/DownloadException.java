package dev.convoy.data.download;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** A data set is not there and could not be had; the message says why, and what to do. */
public final class DownloadException extends IOException {

    private static final long serialVersionUID = 1L;

    /** A mirror that was tried, and why it did not give the file. */
    public record Attempt(URI mirror, String reason) {}

    private final transient List<Attempt> attempts;

    DownloadException(String problem, List<Attempt> attempts, String remedy) {
        super(problem
                + attempts.stream()
                        .map(attempt -> "\n  " + attempt.mirror() + ": " + attempt.reason())
                        .collect(Collectors.joining())
                + (attempts.isEmpty() ? ". Remedy: " : "\nRemedy: ")
                + remedy);
        this.attempts = List.copyOf(attempts);
    }

    DownloadException(String problem, IOException cause, String remedy) {
        super(problem + ": " + reason(cause) + ". Remedy: " + remedy, cause);
        this.attempts = List.of();
    }

    /** What was tried, in this order; empty if nothing was. */
    public List<Attempt> attempts() {
        return attempts == null ? List.of() : attempts;
    }

    /** What went wrong, in words; the message of some exceptions is a file name or nothing. */
    static String reason(IOException e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }
}
