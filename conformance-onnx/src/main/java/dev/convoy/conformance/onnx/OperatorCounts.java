package dev.convoy.conformance.onnx;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the tests of each operator ended: those whose model has no other operator, constants aside. */
public final class OperatorCounts {

    /** Stands for all tests of models with several operators. */
    public static final String SEVERAL = "(several)";

    private OperatorCounts() {}

    /** For each operator, sorted, how many of its tests ended how; {@link #SEVERAL} comes first. */
    public static SortedMap<String, Map<TestStatus, Integer>> of(List<TestResult> results) {
        SortedMap<String, Map<TestStatus, Integer>> counts = new TreeMap<>();
        for (TestResult result : results) {
            counts.computeIfAbsent(operator(result), o -> new EnumMap<>(TestStatus.class))
                    .merge(result.status(), 1, Integer::sum);
        }
        return counts;
    }

    private static String operator(TestResult result) {
        List<String> operators = result.operators().size() == 1
                ? List.copyOf(result.operators())
                : result.operators().stream().filter(o -> !o.equals("Constant")).toList();
        return switch (operators.size()) {
            case 0 -> "(none)";
            case 1 -> operators.getFirst();
            default -> SEVERAL;
        };
    }
}
