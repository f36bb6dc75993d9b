package dev.convoy.benchmarks.table;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page {@code docs/performance.md}, made of results alone. */
final class PerformancePage {

    private static final double DISTURBED = 0.15;

    /** So many ns are more than cores that share a cache need. */
    private static final double FAR = 150;

    private PerformancePage() {}

    /**
     * @param results not empty
     * @param kernels may be empty
     */
    static String of(List<Result> results, List<KernelResult> kernels) {
        StringBuilder page = new StringBuilder("""
            # Performance

            <!-- Written by benchmarks/run; do not edit. -->

            Convoy's CPU backend beside native code: medians of alternating runs in one process, each side from the
            caller's array to the caller's array and after the threads of the side before have come to rest. *Ratio* is
            our median over that of the best peer: below 1 Convoy is faster. ONNX Runtime gets the network channels
            first, without transposes, sizes known, its input in native memory; PyTorch the better of its two layouts.
            `benchmarks/run` measures the table anew.

            """);
        Set<String> machines = new LinkedHashSet<>();
        results.forEach(result -> machines.add(result.machine().toString()));
        machines.forEach(machine -> page.append("* ").append(machine).append('\n'));
        page.append(peaks(results)).append(handovers(results));
        for (Row.Group group : Row.Group.values()) {
            for (int threads : new int[] {2, 1}) {
                List<Result> rows = results.stream()
                        .filter(r -> r.group() == group && r.threads() == threads)
                        .toList();
                if (!rows.isEmpty()) {
                    page.append(table(group, threads, rows));
                }
            }
        }
        if (!kernels.isEmpty()) {
            page.append(kernels(kernels));
        }
        return page.toString();
    }

    private static String kernels(List<KernelResult> kernels) {
        StringBuilder table =
                new StringBuilder("\n## Kernels, " + count(kernels.getFirst().threads()) + "\n\n");
        table.append(
                "Measured by JMH through the public API, a new tensor for the output included. Operations are counted"
                        + " as the\n"
                        + "definition has them, so that Winograd's can exceed the peak.\n\n");
        table.append("| | µs | GFLOP/s | of the peak | GB/s |\n| --- | ---: | ---: | ---: | ---: |\n");
        kernels.forEach(kernel -> table.append("| ").append(kernel.cells()).append(" |\n"));
        return table.toString();
    }

    private static String peaks(List<Result> results) {
        TreeMap<Integer, Double> best = new TreeMap<>();
        results.forEach(result -> best.merge(result.threads(), result.peak(), Math::max));
        return best.entrySet().stream()
                .map(e -> String.format(
                        Locale.ROOT,
                        "* peak of float32 fused multiply-adds, %s: %.0f GFLOP/s%n",
                        count(e.getKey()),
                        e.getValue()))
                .collect(Collectors.joining());
    }

    private static String handovers(List<Result> results) {
        DoubleSummaryStatistics nanos = results.stream()
                .map(Result::handover)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return nanos.getCount() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "* until a processor sees what another has written: %.0f to %.0f ns%n",
                        nanos.getMin(),
                        nanos.getMax());
    }

    private static String count(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    private static String table(Row.Group group, int threads, List<Result> rows) {
        StringBuilder table = new StringBuilder("\n## " + group.title() + ", " + count(threads) + "\n\n");
        table.append("| | Convoy, ms (min) | best peer, ms (min) | | ratio | goal | |\n");
        table.append("| --- | ---: | ---: | --- | ---: | ---: | --- |\n");
        for (Result row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.2f | %.2f | %s |\n",
                    row.title(),
                    times(row.ours()),
                    times(row.best()),
                    row.best().name(),
                    row.ratio(),
                    row.goal().ratio(),
                    remarks(row)));
        }
        return table.toString();
    }

    private static String times(Result.Side side) {
        return Figures.digits(side.median()) + " (" + Figures.digits(side.min()) + ")";
    }

    private static String remarks(Result row) {
        List<String> remarks = new ArrayList<>();
        if (row.verdict().equals("met")) {
            remarks.add("met");
        } else {
            remarks.add(String.format(
                    Locale.ROOT,
                    "missed by %.1f %%",
                    100 * (row.ratio() / row.goal().ratio() - 1)));
        }
        if (row.operations() > 0) {
            remarks.add(row.share());
        }
        if (row.foreign() != null && row.foreign() > DISTURBED) {
            remarks.add(String.format(Locale.ROOT, "disturbed: other processes used %.1f cores", row.foreign()));
        }
        if (row.handover() != null && row.handover() > FAR) {
            remarks.add(String.format(Locale.ROOT, "processors far apart, %.0f ns", row.handover()));
        }
        return String.join("; ", remarks);
    }
}
