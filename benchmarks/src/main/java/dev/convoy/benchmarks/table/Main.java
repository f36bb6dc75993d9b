package dev.convoy.benchmarks.table;

import dev.convoy.benchmarks.race.PeerAbsentException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures rows of the table, each in a JVM of its own, and writes the page. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Compares Convoy's CPU backend with ONNX Runtime and, if -Dtorch.python names a Python that has it,"
                    + " PyTorch.",
            "Each row prints medians and minima in ms, the ratio of our median to the best peer's, and the goal."
        })
public final class Main implements Callable<Integer> {

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Rows whose name contains this regular expression; default: all (--list names them).")
    private Pattern only = Pattern.compile("");

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            description = "Numbers of threads, one after the other; default 2,1.")
    private List<Integer> threads = List.of(2, 1);

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long each side is measured, after at least 4 s of warming up; default ${DEFAULT-VALUE}.")
    private double seconds = 5;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Where a JSON file for each row is written; default ${DEFAULT-VALUE}.")
    private Path folder = Path.of("benchmarks", "target", "results");

    @Option(names = "--resume", description = "Leave out rows that have results in the folder.")
    private boolean resume;

    @Option(names = "--list", description = "Print the names of the rows, and measure nothing.")
    private boolean list;

    @Option(
            names = "--write",
            paramLabel = "FILE.md",
            description =
                    "Write the page from all results in the folder, after measuring; with --only '^$' measure nothing.")
    private @Nullable Path page;

    /** Held here, as the log manager forgets a logger that nobody holds. */
    private static final Logger LOG = Logger.getLogger("dev.convoy");

    private Main() {}

    public static void main(String[] arguments) {
        LOG.setLevel(Level.WARNING);
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Row> rows =
                Rows.all().stream().filter(row -> only.matcher(row.id()).find()).toList();
        if (list) {
            rows.forEach(row -> System.out.println(row.id()));
            return 0;
        }
        Results results = new Results(folder);
        boolean alone = rows.size() * threads.size() == 1;
        int failed = 0;
        for (int count : threads) {
            for (Row row : rows) {
                if (!resume || !results.has(row, count)) {
                    failed += alone ? measure(row, count, results) : fork(row, count);
                }
            }
        }
        if (page != null) {
            write(page, results);
        }
        return failed == 0 ? 0 : 1;
    }

    private int measure(Row row, int count, Results results) throws IOException {
        try {
            Result result = Measurement.of(row, count, seconds);
            results.write(result);
            System.out.println(result);
        } catch (PeerAbsentException e) {
            System.out.printf("%-18s T=%d  skipped: %s%n", row.id(), count, e.getMessage());
        }
        return 0;
    }

    /** Measures a row in a new JVM, where no other row has left its marks on the compiled code. */
    private int fork(Row row, int count) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(List.of("--only", "^" + Pattern.quote(row.id()) + "$", "--threads", Integer.toString(count)));
        words.addAll(List.of("--seconds", Double.toString(seconds), "--results", folder.toString()));
        int status = new ProcessBuilder(words).inheritIO().start().waitFor();
        if (status != 0) {
            System.out.printf("%-18s T=%d  failed, its message stands above%n", row.id(), count);
        }
        return status == 0 ? 0 : 1;
    }

    private static void write(Path file, Results results) throws IOException {
        List<Result> all = new ArrayList<>();
        for (int count : new int[] {2, 1}) {
            all.addAll(results.read(Rows.all(), count));
        }
        if (all.isEmpty()) {
            throw new IOException("There are no results in " + results.folder());
        }
        Results.write(file, PerformancePage.of(all, results.readKernels()));
        System.out.println("Written: " + file);
    }
}
