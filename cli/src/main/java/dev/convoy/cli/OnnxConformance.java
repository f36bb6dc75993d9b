package dev.convoy.cli;

import dev.convoy.conformance.onnx.KnownFailures;
import dev.convoy.conformance.onnx.OnnxTest;
import dev.convoy.conformance.onnx.OnnxTestOptions;
import dev.convoy.conformance.onnx.OnnxTestReport;
import dev.convoy.conformance.onnx.OnnxTestRun;
import dev.convoy.conformance.onnx.OnnxTests;
import dev.convoy.conformance.onnx.Selection;
import dev.convoy.conformance.onnx.TestArchive;
import dev.convoy.conformance.onnx.TestResult;
import dev.convoy.conformance.onnx.TestStatus;
import dev.convoy.conformance.onnx.report.ReportFiles;
import dev.convoy.spi.BackendProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code convoy conformance --onnx-tests}: the tests of the ONNX project on a backend. */
final class OnnxConformance {

    private static final int PROGRESS_EVERY = 100;

    private final Terminal terminal;
    private final BackendProvider provider;
    private final OnnxTestOptions options;
    private final Map<TestStatus, Integer> counts = new EnumMap<>(TestStatus.class);

    OnnxConformance(Terminal terminal, BackendProvider provider, OnnxTestOptions options) {
        this.terminal = terminal;
        this.provider = provider;
        this.options = options;
    }

    /**
     * @param places zip files and folders
     * @param only a regular expression or {@code @FILE}; null for all
     * @param folder where the report goes; null for none
     * @return the exit status
     */
    int run(List<Path> places, @Nullable String only, @Nullable Path folder) throws IOException {
        List<TestArchive> archives = new ArrayList<>();
        try {
            for (Path place : places) {
                archives.add(TestArchive.open(place));
            }
            OnnxTestReport report = run(tests(archives, places, only));
            if (folder != null) {
                terminal.err().println("convoy: wrote " + ReportFiles.write(report, folder));
            }
            return finish(report);
        } finally {
            for (TestArchive archive : archives) {
                archive.close();
            }
        }
    }

    private static List<OnnxTest> tests(List<TestArchive> archives, List<Path> places, @Nullable String only)
            throws IOException {
        Predicate<OnnxTest> selected = only == null ? test -> true : Selection.of(only);
        List<OnnxTest> all = archives.stream()
                .flatMap(archive -> OnnxTests.find(archive).stream())
                .toList();
        if (all.isEmpty()) {
            throw new UserError("There are no tests in " + places
                    + ". Remedy: name a zip file or folder with NAME/model.onnx and NAME/test_data_set_0/");
        }
        List<OnnxTest> tests = all.stream().filter(selected).toList();
        if (tests.isEmpty()) {
            throw new UserError("None of " + all.size() + " tests is selected by --only " + only
                    + ". Remedy: take a part of a test's name, conv for example");
        }
        return tests;
    }

    private OnnxTestReport run(List<OnnxTest> tests) {
        try {
            return OnnxTestRun.run(provider, tests, options, result -> progress(result, tests.size()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("The run was interrupted");
        }
    }

    private void progress(TestResult result, int total) {
        counts.merge(result.status(), 1, Integer::sum);
        if (result.status() == TestStatus.FAILED) {
            terminal.out().println(result.test() + " failed: " + result.reason());
        }
        int done = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (done % PROGRESS_EVERY == 0) {
            terminal.err().println(done + " of " + total);
            terminal.err().flush();
        }
        terminal.out().flush();
    }

    private int finish(OnnxTestReport report) {
        List<String> unexpected = KnownFailures.of(report.backend()).unexpected(report.results());
        long known = report.with(TestStatus.FAILED).stream()
                .filter(r -> KnownFailures.of(report.backend()).contains(r.test()))
                .count();
        if (known > 0) {
            terminal.out().println(known + " of the failures are known");
        }
        unexpected.stream()
                .filter(line -> line.contains(" is listed as a known failure "))
                .forEach(terminal.out()::println);
        terminal.out().println(report.lastLine());
        return unexpected.isEmpty() ? 0 : Main.PROBLEMS;
    }
}
