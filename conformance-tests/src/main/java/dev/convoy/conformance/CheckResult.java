package dev.convoy.conformance;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.NotApplicableException;
import dev.convoy.conformance.check.Profile;
import dev.convoy.conformance.check.Subject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one check went.
 *
 * @param status passed, failed or skipped
 * @param detail why it failed or was skipped; empty if it passed
 * @param cause what a failed check threw; null if it threw nothing
 * @param time how long it took
 */
public record CheckResult(
        ConformanceCheck check,
        Status status,
        String detail,
        @Nullable Throwable cause,
        Duration time) {

    /** How a check went. */
    public enum Status {
        PASSED,
        FAILED,
        /** It does not apply to the backend, the backend cannot run here, or its failure is known. */
        SKIPPED
    }

    /** A check that was not run. */
    static CheckResult skipped(ConformanceCheck check, String reason) {
        return new CheckResult(check, Status.SKIPPED, reason, null, Duration.ZERO);
    }

    /** Runs a check and holds the outcome to what the profile says. */
    static CheckResult of(ConformanceCheck check, Subject subject, Profile profile) {
        long start = System.nanoTime();
        CheckResult result = outcome(check, subject);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        String known = profile.knownFailures().get(check.id());
        if (known == null) {
            return new CheckResult(check, result.status, result.detail, result.cause, time);
        }
        return result.status == Status.PASSED
                ? new CheckResult(
                        check, Status.FAILED, "passes, but is listed as a known failure: " + known, null, time)
                : new CheckResult(check, Status.SKIPPED, "known failure: " + known, result.cause, time);
    }

    private static CheckResult outcome(ConformanceCheck check, Subject subject) {
        try {
            check.action().run(subject);
            return new CheckResult(check, Status.PASSED, "", null, Duration.ZERO);
        } catch (NotApplicableException e) {
            return skipped(check, String.valueOf(e.getMessage()));
        } catch (AssertionError | RuntimeException | LinkageError e) {
            String detail = e instanceof AssertionError ? String.valueOf(e.getMessage()) : e.toString();
            return new CheckResult(check, Status.FAILED, detail, e, Duration.ZERO);
        }
    }
}
