package dev.convoy.conformance.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tests that a backend fails, each with the reason; what is refused with a reason does not belong here. A test that is
 * listed and does not fail is a problem too, so that the lists cannot rot.
 *
 * @param reasons by the name of the test
 */
public record KnownFailures(Map<String, String> reasons) {

    /** Those of the importer, on whichever backend. */
    private static final Map<String, String> EVERYWHERE = merged(List.of(because(
            "the mask is drawn by NumPy's random generator",
            "test_training_dropout",
            "test_training_dropout_default",
            "test_training_dropout_default_mask",
            "test_training_dropout_mask")));

    /** Those of single backends, by the backend's name. */
    private static final Map<String, Map<String, String>> BY_BACKEND = Map.of();

    private static Map<String, String> because(String reason, String... tests) {
        return Arrays.stream(tests).collect(Collectors.toMap(test -> test, test -> reason));
    }

    private static Map<String, String> merged(List<Map<String, String>> lists) {
        Map<String, String> all = new HashMap<>();
        lists.forEach(all::putAll);
        return all;
    }

    public KnownFailures {
        reasons = Map.copyOf(reasons);
    }

    /** Those of a backend, by its name; of one that nothing is known of, those that fail everywhere. */
    public static KnownFailures of(String backend) {
        return new KnownFailures(merged(List.of(EVERYWHERE, BY_BACKEND.getOrDefault(backend, Map.of()))));
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
