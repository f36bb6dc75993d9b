package dev.convoy.benchmarks.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.benchmarks.table.Result.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

    private static final Machine MACHINE = new Machine("Processor X", 2, "Linux amd64", "Java 25");

    private static Result result(double ours, double foreign) {
        return new Result(
                "gemm",
                Row.Group.OPERATION,
                "GEMM",
                new Goal(1, 1.25),
                2e9,
                2,
                List.of(
                        new Side("Convoy", ours, 9.5, 12, 100),
                        new Side("ONNX Runtime", 12.5, 12.25, 13, 100),
                        new Side("PyTorch", 10, 9, 14, 100)),
                1e-6,
                foreign,
                250.4,
                400,
                5,
                MACHINE);
    }

    @Test
    void ratiosAreToTheBestPeer() {
        Result result = result(12, 0);
        assertEquals(1.2, result.ratio());
        assertEquals("missed", result.verdict());
        assertEquals("met", result(10, 0).verdict());
        assertEquals("not resolved", result(13, 0).verdict());
        // 2 GFLOP in 12 ms are 167 GFLOP/s, of 400.
        assertEquals("167 GFLOP/s, 42 % of the peak", result.share());
    }

    @Test
    void resultsOutlastTheProcess(@TempDir Path folder) throws IOException {
        Row gemm = Rows.all().stream()
                .filter(row -> row.id().equals("gemm"))
                .findFirst()
                .orElseThrow();
        Results results = new Results(folder.resolve("results"));
        assertFalse(results.has(gemm, 2));
        results.write(result(12, 0.25));
        assertTrue(results.has(gemm, 2));
        assertFalse(results.has(gemm, 1));
        assertEquals(List.of(result(12, 0.25)), results.read(Rows.all(), 2));
        assertEquals(List.of(), results.read(Rows.all(), 1));
    }

    @Test
    void thePageSaysWhatWasMissedAndWhatWasDisturbed() {
        String page = PerformancePage.of(List.of(result(12, 0.5)), List.of());
        assertTrue(page.contains("* Processor X, 2 processors, Linux amd64, Java 25\n"), page);
        assertTrue(page.contains("* peak of float32 fused multiply-adds, 2 threads: 400 GFLOP/s\n"), page);
        assertTrue(page.contains("* until a processor sees what another has written: 250 to 250 ns\n"), page);
        assertTrue(page.contains("\n## Single operations, 2 threads\n"), page);
        assertTrue(
                page.contains(
                        "| GEMM | 12.0 (9.50) | 10.0 (9.00) | PyTorch | 1.20 | 1.00 | missed by 20.0 %; 167 GFLOP/s,"
                            + " 42 % of the peak; disturbed: other processes used 0.5 cores; processors far apart, 250"
                            + " ns |\n"),
                page);
    }

    @Test
    void kernelsAreSharesOfThePeak(@TempDir Path folder) throws IOException {
        // 2 GFLOP and 40 MB in 12.5 ms are 160 GFLOP/s, of 200, and 3.2 GB/s.
        KernelResult gemm = new KernelResult("GEMM", 1, 12_500, 2e9, 40e6, 200, MACHINE);
        KernelResult relu = new KernelResult("ReLU", 1, 5, 0, 1e5, 200, MACHINE);
        Results results = new Results(folder);
        assertEquals(List.of(), results.readKernels());
        results.writeKernels(List.of(gemm, relu));
        String page = PerformancePage.of(List.of(result(12, 0)), results.readKernels());
        assertTrue(page.contains("\n## Kernels, 1 thread\n"), page);
        assertTrue(page.contains("\n| GEMM | 12500 | 160 | 80 % | 3.2 |\n| ReLU | 5.00 |  |  | 20.0 |\n"), page);
    }

    @Test
    void rowsHaveNamesOfTheirOwn() {
        List<String> names = Rows.all().stream().map(Row::id).toList();
        assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
    }
}
