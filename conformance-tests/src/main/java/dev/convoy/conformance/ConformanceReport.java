package dev.convoy.conformance;

import dev.convoy.conformance.CheckResult.Status;
import java.util.List;

/**
 * How a backend did.
 *
 * @param backend its name
 * @param device what it ran on, or why it could not
 * @param results one for each check, in order
 */
public record ConformanceReport(String backend, String device, List<CheckResult> results) {

    public ConformanceReport {
        results = List.copyOf(results);
    }

    public long passed() {
        return count(Status.PASSED);
    }

    public long failed() {
        return count(Status.FAILED);
    }

    public long skipped() {
        return count(Status.SKIPPED);
    }

    private long count(Status status) {
        return results.stream().filter(r -> r.status() == status).count();
    }

    /** The checks that failed. */
    public List<CheckResult> failures() {
        return results.stream().filter(r -> r.status() == Status.FAILED).toList();
    }

    /** The documented examples whose print does not follow from their own inputs. */
    public List<CheckResult> errata() {
        return results.stream().filter(r -> r.check().erratum() != null).toList();
    }

    /** For example {@code cpu: 3748 passed, 0 failed, 12 skipped}. */
    public String lastLine() {
        return backend + ": " + passed() + " passed, " + failed() + " failed, " + skipped() + " skipped";
    }
}
