package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KnownFailuresTest {

    private static TestResult result(String test, TestStatus status) {
        String reason = status == TestStatus.PASSED ? "" : "because";
        return new TestResult(test, "tests.zip", status, reason, new TreeSet<>(), Duration.ZERO);
    }

    @Test
    void theListsHaveToBeExact() {
        KnownFailures known = new KnownFailures(Map.of("fails", "x", "passes", "y", "refused", "z", "not_run", "w"));
        List<TestResult> results = List.of(
                result("fails", TestStatus.FAILED),
                result("passes", TestStatus.PASSED),
                result("refused", TestStatus.UNSUPPORTED),
                result("new", TestStatus.FAILED),
                result("fine", TestStatus.PASSED),
                result("other", TestStatus.UNSUPPORTED));
        assertEquals(
                List.of(
                        "passes is listed as a known failure and passes; remove it from KnownFailures",
                        "refused is listed as a known failure and is unsupported: because; remove it from"
                                + " KnownFailures",
                        "new failed: because"),
                known.unexpected(results));
    }
}
