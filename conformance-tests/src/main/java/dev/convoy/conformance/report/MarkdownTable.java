package dev.convoy.conformance.report;

import dev.convoy.conformance.CheckResult;
import dev.convoy.conformance.CheckResult.Status;
import dev.convoy.conformance.ConformanceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A page for people: a table of ops, a table of documented examples, the failures, the errata. */
public final class MarkdownTable {

    private MarkdownTable() {}

    /** The page; its last line is {@link ConformanceReport#lastLine}. */
    public static String of(ConformanceReport report) {
        StringBuilder page =
                new StringBuilder("# Conformance of " + report.backend() + "\n\n" + report.device() + "\n\n");
        groups(report, page);
        examples(report, page);
        failures(report, page);
        errata(report, page);
        return page.append(report.lastLine()).append('\n').toString();
    }

    private static void groups(ConformanceReport report, StringBuilder page) {
        Map<String, List<CheckResult>> groups = new TreeMap<>();
        for (CheckResult result : report.results()) {
            groups.computeIfAbsent(result.check().group(), group -> new ArrayList<>())
                    .add(result);
        }
        page.append("| checks of | passed | failed | skipped |\n| --- | ---: | ---: | ---: |\n");
        groups.forEach((group, results) -> {
            page.append("| ").append(group);
            for (Status status : Status.values()) {
                page.append(" | ")
                        .append(results.stream()
                                .filter(r -> r.status() == status)
                                .count());
            }
            page.append(" |\n");
        });
        page.append('\n');
    }

    private static void examples(ConformanceReport report, StringBuilder page) {
        List<CheckResult> examples = report.results().stream()
                .filter(r -> r.check().group().equals("example"))
                .toList();
        if (examples.isEmpty()) {
            return;
        }
        page.append("## Documented examples\n\n| example | result | erratum |\n| --- | --- | --- |\n");
        for (CheckResult result : examples) {
            String erratum = result.check().erratum();
            page.append("| ")
                    .append(result.check().id())
                    .append(" | ")
                    .append(word(result.status()))
                    .append(" | ")
                    .append(erratum == null ? "" : cell(erratum))
                    .append(" |\n");
        }
        page.append('\n');
    }

    private static void failures(ConformanceReport report, StringBuilder page) {
        if (report.failures().isEmpty()) {
            return;
        }
        page.append("## Failures\n\n");
        for (CheckResult failure : report.failures()) {
            page.append("* `")
                    .append(failure.check().id())
                    .append("`: ")
                    .append(cell(failure.detail()))
                    .append('\n');
        }
        page.append('\n');
    }

    private static void errata(ConformanceReport report, StringBuilder page) {
        if (report.errata().isEmpty()) {
            return;
        }
        page.append("## Errata of the documents\n\n");
        for (CheckResult result : report.errata()) {
            page.append("* `")
                    .append(result.check().id())
                    .append("`: ")
                    .append(result.check().erratum())
                    .append('\n');
        }
        page.append('\n');
    }

    private static String word(Status status) {
        return switch (status) {
            case PASSED -> "passed";
            case FAILED -> "**failed**";
            case SKIPPED -> "skipped";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
