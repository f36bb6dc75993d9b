package dev.convoy.conformance.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tests that a backend fails, each with the reason; what is refused with a reason does not belong here. A test that is
 * listed and does not fail is a problem too, so that the lists cannot rot.
 *
 * @param reasons by the name of the test
 */
public record KnownFailures(Map<String, String> reasons) {

    /** Those of the importer, on whichever backend. */
    private static final Map<String, String> EVERYWHERE = Map.of();

    private static final Map<String, Map<String, String>> BY_BACKEND = Map.of(
            "cpu", Map.of(),
            "onnx", Map.of());

    public KnownFailures {
        reasons = Map.copyOf(reasons);
    }

    /** Those of a backend, by its name; of one that nothing is known of, those that fail everywhere. */
    public static KnownFailures of(String backend) {
        Map<String, String> reasons = new HashMap<>(EVERYWHERE);
        reasons.putAll(BY_BACKEND.getOrDefault(backend, Map.of()));
        return new KnownFailures(reasons);
    }

    public boolean contains(String test) {
        return reasons.containsKey(test);
    }

    /** What of a run is not as these lists say, a line each; empty if it is. Tests that were not run are left out. */
    public List<String> unexpected(List<TestResult> results) {
        List<String> unexpected = new ArrayList<>();
        for (TestResult result : results) {
            boolean failed = result.status() == TestStatus.FAILED;
            if (failed && !contains(result.test())) {
                unexpected.add(result.test() + " failed: " + result.reason());
            } else if (!failed && contains(result.test())) {
                unexpected.add(result.test() + " is listed as a known failure and "
                        + (result.status() == TestStatus.PASSED ? "passes" : "is unsupported: " + result.reason())
                        + "; remove it from KnownFailures");
            }
        }
        return List.copyOf(unexpected);
    }
}
