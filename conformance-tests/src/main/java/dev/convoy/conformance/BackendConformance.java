package dev.convoy.conformance;

import dev.convoy.conformance.check.Capability;
import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Profile;
import dev.convoy.conformance.check.Subject;
import dev.convoy.spi.Availability;
import dev.convoy.spi.BackendProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Proves a backend: extend this class in a JUnit 5 test and name the provider. Every check is a test of its own, named by
 * the rule it holds the backend to: {@code required/convolution.C3/groups-2-of-4-channels}. If it fails, read rule C3 in the
 * Javadoc of {@link dev.convoy.graph.ContractionOp.Convolution}.
 *
 * <p>If the backend cannot run here, all tests are skipped with the reason; with {@code -Dconformance.require=NAME} a
 * backend of that name has to be available.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendConformance {

    private @Nullable Subject subject;

    /** The provider under test. */
    protected abstract BackendProvider provider();

    /**
     * The exact ids of the checks that the backend does not pass yet, with the reason; none by default. One that passes is
     * a failure, so that the list cannot rot.
     */
    protected Map<String, String> knownFailures() {
        return Map.of();
    }

    /** What the backend does not claim; nothing by default. */
    protected Set<Capability> lacks() {
        return Set.of();
    }

    /** One test for each check. */
    @TestFactory
    Stream<DynamicNode> conformance() {
        BackendProvider provider = provider();
        if (provider.availability() instanceof Availability.Unavailable(String reason, String remedy)) {
            String unavailable = "Backend '" + provider.name() + "' is not usable: " + reason + ". Remedy: " + remedy;
            boolean required = provider.name().equals(System.getProperty("conformance.require"));
            return Stream.of(DynamicTest.dynamicTest("available", () -> {
                Assumptions.assumeTrue(required, unavailable);
                Assertions.fail(unavailable);
            }));
        }
        Profile profile = new Profile(knownFailures(), lacks());
        List<ConformanceCheck> checks = ConformanceSuite.checks();
        Subject tested = new Subject(provider, profile);
        subject = tested;
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("known-failures-are-checks", () -> requireKnown(profile, checks))),
                checks.stream().map(check -> DynamicTest.dynamicTest(check.id(), () -> run(check, tested, profile))));
    }

    private static void run(ConformanceCheck check, Subject subject, Profile profile) {
        CheckResult result = CheckResult.of(check, subject, profile);
        switch (result.status()) {
            case PASSED -> {}
            case SKIPPED -> Assumptions.abort(result.detail());
            case FAILED -> Assertions.fail(result.detail(), result.cause());
        }
    }

    private static void requireKnown(Profile profile, List<ConformanceCheck> checks) {
        Set<String> ids = checks.stream().map(ConformanceCheck::id).collect(Collectors.toSet());
        List<String> unknown = profile.knownFailures().keySet().stream()
                .filter(id -> !ids.contains(id))
                .toList();
        Assertions.assertEquals(List.of(), unknown, "known failures that are no checks");
    }

    @AfterAll
    void closeSubject() {
        if (subject != null) {
            subject.close();
        }
    }
}
