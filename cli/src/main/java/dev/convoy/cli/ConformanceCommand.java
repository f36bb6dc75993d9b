package dev.convoy.cli;

import dev.convoy.conformance.ConformanceReport;
import dev.convoy.conformance.ConformanceRun;
import dev.convoy.conformance.ConformanceSuite;
import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Profile;
import dev.convoy.conformance.onnx.OnnxTestOptions;
import dev.convoy.conformance.report.JUnitXml;
import dev.convoy.conformance.report.MarkdownTable;
import dev.convoy.data.AtomicFiles;
import dev.convoy.spi.Availability;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code convoy conformance}: whether a backend keeps the rules of every op. */
@Command(
        name = "conformance",
        description = {
            "Runs the conformance kit on a backend and prints a Markdown page; its last line is",
            "'<backend>: N passed, N failed, N skipped'. Exits with 1 if a check fails.",
            "With --onnx-tests it runs tests of the ONNX project instead and prints what fails; the last line is",
            "'<backend>: N passed, N failed, N unsupported'. Exits with 1 if one fails that is not known to."
        })
final class ConformanceCommand implements Callable<Integer> {

    @Option(names = "--backend", paramLabel = "NAME", description = "The backend to check; else the best there is.")
    private @Nullable String name;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = {
                "Also write conformance-<backend>.xml (JUnit) and conformance-<backend>.md there;",
                "with --onnx-tests report.json, report.md and report.xml."
            })
    private @Nullable Path folder;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = {
                "Only the checks whose name contains this, 'convolution.C3' for example; with --onnx-tests those with"
                        + " a",
                "match of this regular expression, or those that a file names, @FILE."
            })
    private @Nullable String only;

    @Option(
            names = "--onnx-tests",
            paramLabel = "ZIP|FOLDER",
            description = "Run the tests in the layout of ONNX that are in it; may be given several times.")
    private List<Path> onnxTests = List.of();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "With --onnx-tests, a test that takes longer fails (${DEFAULT-VALUE}).")
    private int timeLimit;

    private final Terminal terminal;
    private final BackendDirectory directory;

    @Inject
    ConformanceCommand(Terminal terminal, BackendDirectory directory) {
        this.terminal = terminal;
        this.directory = directory;
    }

    @Override
    public Integer call() throws IOException {
        if (timeLimit < 1) {
            throw new UserError("--time-limit is at least 1, got " + timeLimit);
        }
        BackendProvider provider = provider(directory.find());
        if (!onnxTests.isEmpty()) {
            OnnxTestOptions options = OnnxTestOptions.defaults().withTimeLimit(Duration.ofSeconds(timeLimit));
            return new OnnxConformance(terminal, provider, options).run(onnxTests, only, folder);
        }
        List<ConformanceCheck> checks = checks();
        AtomicInteger done = new AtomicInteger();
        ConformanceReport report = ConformanceRun.run(
                provider, Profile.COMPLETE, checks, result -> progress(done.incrementAndGet(), checks.size()));
        String page = MarkdownTable.of(report);
        if (folder != null) {
            write(report, page, folder);
        }
        terminal.out().print(page);
        return report.failed() == 0 ? 0 : Main.PROBLEMS;
    }

    private List<ConformanceCheck> checks() {
        String wanted = only == null ? "" : only;
        List<ConformanceCheck> checks = ConformanceSuite.checks().stream()
                .filter(check -> check.id().contains(wanted))
                .toList();
        if (checks.isEmpty()) {
            throw new UserError(
                    "No check's name contains '" + wanted + "'. Remedy: take an op's name, or leave --only out");
        }
        return checks;
    }

    private BackendProvider provider(List<Backends.Found> found) {
        List<Backends.Found> candidates = name == null
                ? Backends.ranked(Purpose.PREDICT, found)
                : found.stream().filter(f -> f.name().equals(name)).toList();
        String all = found.isEmpty()
                ? "none"
                : found.stream().map(Backends.Found::describe).collect(Collectors.joining(", "));
        if (candidates.isEmpty()) {
            throw new UserError((name == null ? "No backend is usable" : "There is no backend '" + name + "'")
                    + ". Providers found: " + all + ". Remedy: add its jar, or name one of these");
        }
        Backends.Found chosen = candidates.getFirst();
        BackendProvider provider = chosen.provider();
        if (provider == null || chosen.availability() instanceof Availability.Unavailable) {
            throw new UserError("There is nothing to check: backend " + chosen.describe());
        }
        return provider;
    }

    private void progress(int done, int total) {
        if (terminal.colour() && (done % 50 == 0 || done == total)) {
            terminal.err().print("\r" + done + " of " + total + (done == total ? "\n" : ""));
            terminal.err().flush();
        }
    }

    private void write(ConformanceReport report, String page, Path place) throws IOException {
        Files.createDirectories(place);
        Path xml = place.resolve("conformance-" + report.backend() + ".xml");
        AtomicFiles.write(xml, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            try {
                JUnitXml.write(report, writer);
            } catch (XMLStreamException e) {
                throw new IOException("'" + xml + "' cannot be written: " + e.getMessage(), e);
            }
            writer.flush();
        });
        Path markdown = place.resolve("conformance-" + report.backend() + ".md");
        AtomicFiles.write(markdown, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
        terminal.err().println("convoy: wrote " + xml + " and " + markdown);
    }
}
