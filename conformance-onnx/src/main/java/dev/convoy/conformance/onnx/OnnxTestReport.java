package dev.convoy.conformance.onnx;

import java.util.List;

/**
 * How a backend did.
 *
 * @param backend its name
 * @param results one for each test, in order
 */
public record OnnxTestReport(String backend, List<TestResult> results) {

    public OnnxTestReport {
        results = List.copyOf(results);
    }

    /** How many tests ended so. */
    public long count(TestStatus status) {
        return results.stream().filter(r -> r.status() == status).count();
    }

    /** The tests that ended so, in order. */
    public List<TestResult> with(TestStatus status) {
        return results.stream().filter(r -> r.status() == status).toList();
    }

    /** For example {@code cpu: 1120 passed, 0 failed, 3 unsupported}. */
    public String lastLine() {
        return "%s: %d passed, %d failed, %d unsupported"
                .formatted(backend, count(TestStatus.PASSED), count(TestStatus.FAILED), count(TestStatus.UNSUPPORTED));
    }
}
