package dev.convoy.conformance;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Profile;
import dev.convoy.conformance.check.Subject;
import dev.convoy.spi.Availability;
import dev.convoy.spi.BackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the checks on a backend without JUnit. */
public final class ConformanceRun {

    private ConformanceRun() {}

    /** Runs all checks on a backend of which nothing is known. */
    public static ConformanceReport run(BackendProvider provider) {
        return run(provider, Profile.COMPLETE, ConformanceSuite.checks(), result -> {});
    }

    /**
     * Runs checks one after the other. If the backend is not available all are skipped, with the reason.
     *
     * @param listener hears of each result at once
     */
    public static ConformanceReport run(
            BackendProvider provider, Profile profile, List<ConformanceCheck> checks, Consumer<CheckResult> listener) {
        List<CheckResult> results = new ArrayList<>();
        String device = switch (provider.availability()) {
            case Availability.Available(String name) -> {
                runAvailable(provider, profile, checks, results::add, listener);
                yield name;
            }
            case Availability.Unavailable(String reason, String remedy) -> {
                String unavailable = "unavailable: " + reason + ". Remedy: " + remedy;
                for (ConformanceCheck check : checks) {
                    CheckResult result = CheckResult.skipped(check, unavailable);
                    results.add(result);
                    listener.accept(result);
                }
                yield unavailable;
            }
        };
        return new ConformanceReport(provider.name(), device, results);
    }

    private static void runAvailable(
            BackendProvider provider,
            Profile profile,
            List<ConformanceCheck> checks,
            Consumer<CheckResult> results,
            Consumer<CheckResult> listener) {
        try (Subject subject = new Subject(provider, profile)) {
            for (ConformanceCheck check : checks) {
                CheckResult result = CheckResult.of(check, subject, profile);
                results.accept(result);
                listener.accept(result);
            }
        }
    }
}
