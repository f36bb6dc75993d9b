package dev.convoy.conformance.onnx.report;

import dev.convoy.conformance.onnx.OnnxTestReport;
import dev.convoy.conformance.onnx.OperatorCounts;
import dev.convoy.conformance.onnx.TestResult;
import dev.convoy.conformance.onnx.TestStatus;
import java.util.Map;
import java.util.stream.Collectors;

/** A page for people: a table of operators, the reasons by their number, a table of tests. */
public final class MarkdownPage {

    private MarkdownPage() {}

    /** The page; its last line is {@link OnnxTestReport#lastLine}. */
    public static String of(OnnxTestReport report) {
        StringBuilder page = new StringBuilder("# The tests of ONNX on " + report.backend() + "\n\n");
        operators(report, page);
        reasons(report, TestStatus.FAILED, "## Failed", page);
        reasons(report, TestStatus.UNSUPPORTED, "## Unsupported", page);
        tests(report, page);
        return page.append(report.lastLine()).append('\n').toString();
    }

    private static void operators(OnnxTestReport report, StringBuilder page) {
        page.append("| operator | passed | failed | unsupported |\n| --- | ---: | ---: | ---: |\n");
        OperatorCounts.of(report.results()).forEach((operator, counts) -> {
            page.append("| ").append(cell(operator));
            for (TestStatus status : TestStatus.values()) {
                page.append(" | ").append(counts.getOrDefault(status, 0));
            }
            page.append(" |\n");
        });
        page.append('\n');
    }

    private static void reasons(OnnxTestReport report, TestStatus status, String title, StringBuilder page) {
        Map<String, Long> reasons =
                report.with(status).stream().collect(Collectors.groupingBy(TestResult::reason, Collectors.counting()));
        if (reasons.isEmpty()) {
            return;
        }
        page.append(title).append("\n\n| tests | reason |\n| ---: | --- |\n");
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(reason -> page.append("| ")
                        .append(reason.getValue())
                        .append(" | ")
                        .append(cell(reason.getKey()))
                        .append(" |\n"));
        page.append('\n');
    }

    private static void tests(OnnxTestReport report, StringBuilder page) {
        page.append("## Tests\n\n| test | result | reason |\n| --- | --- | --- |\n");
        for (TestResult result : report.results()) {
            page.append("| ")
                    .append(cell(result.test()))
                    .append(" | ")
                    .append(result.status().label())
                    .append(" | ")
                    .append(cell(result.reason()))
                    .append(" |\n");
        }
        page.append('\n');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
