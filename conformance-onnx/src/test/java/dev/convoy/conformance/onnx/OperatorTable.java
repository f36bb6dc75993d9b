package dev.convoy.conformance.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The table of operators and backends in {@code docs/onnx.md}. */
final class OperatorTable {

    private OperatorTable() {}

    /** How many tests of each operator pass, fail and are unsupported, a column for each backend; all of them last. */
    static String markdown(SequencedMap<String, OnnxTestReport> reports) {
        SequencedMap<String, SortedMap<String, Map<TestStatus, Integer>>> counts = new LinkedHashMap<>();
        SortedSet<String> operators = new TreeSet<>();
        reports.forEach((backend, report) -> {
            counts.put(backend, OperatorCounts.of(report.results()));
            operators.addAll(counts.get(backend).keySet());
        });
        StringBuilder table = new StringBuilder("| operator |");
        reports.keySet().forEach(b -> table.append(' ').append(b).append(": passed | failed | unsupported |"));
        table.append("\n| --- |")
                .append(" ---: | ---: | ---: |".repeat(reports.size()))
                .append('\n');
        for (String operator : operators) {
            table.append("| ").append(operator).append(" |");
            counts.values().forEach(c -> row(table, c.getOrDefault(operator, Map.of())));
            table.append('\n');
        }
        table.append("| all tests |");
        for (OnnxTestReport report : reports.values()) {
            for (TestStatus status : TestStatus.values()) {
                table.append(' ').append(report.count(status)).append(" |");
            }
        }
        return table.append('\n').toString();
    }

    private static void row(StringBuilder table, Map<TestStatus, Integer> counts) {
        for (TestStatus status : TestStatus.values()) {
            int count = counts.getOrDefault(status, 0);
            table.append(' ').append(count == 0 ? "" : count + " ").append('|');
        }
    }
}
