package dev.convoy.conformance.onnx;

import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What came of a test.
 *
 * @param test its name
 * @param archive where it is from
 * @param reason why it failed or is unsupported; empty if it passed
 * @param operators of its model, sorted; empty if the model cannot be read
 */
public record TestResult(
        String test, String archive, TestStatus status, String reason, SortedSet<String> operators, Duration time) {

    public TestResult {
        operators = new TreeSet<>(operators);
    }
}
