package dev.convoy.benchmarks.kernels;

import dev.convoy.benchmarks.race.FmaPeak;
import dev.convoy.benchmarks.table.KernelResult;
import dev.convoy.benchmarks.table.Machine;
import dev.convoy.benchmarks.table.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures kernels by JMH, beside the peak of the machine. */
@Command(
        name = "benchmarks/run kernels",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Measures kernels of Convoy's CPU backend by JMH, each in a JVM of its own.",
            "Prints the median in microseconds, GFLOP/s, their share of the peak of fused multiply-adds measured in the"
                    + " same run, and GB/s of inputs, weights and outputs."
        })
public final class KernelTable implements Callable<Integer> {

    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 3;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Kernels whose name, such as CONV_3X3_64, contains this regular expression; default: all.")
    private Pattern only = Pattern.compile("");

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the backend; default ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long each is measured, after as long a warm-up; default ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Where kernels.json is written when all were measured; default ${DEFAULT-VALUE}.")
    private Path folder = Path.of("benchmarks", "target", "results");

    private KernelTable() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new KernelTable()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        List<Kernel> kernels = Arrays.stream(Kernel.values())
                .filter(kernel -> only.matcher(kernel.name()).find())
                .toList();
        List<KernelResult> results = new ArrayList<>();
        for (Kernel kernel : kernels) {
            KernelResult result = measure(kernel);
            System.out.println(result.cells());
            results.add(result);
        }
        if (kernels.size() == Kernel.values().length) {
            new Results(folder).writeKernels(results);
        }
        return 0;
    }

    private KernelResult measure(Kernel kernel) throws RunnerException {
        double peak = FmaPeak.gigaflops(threads);
        Options options = new OptionsBuilder()
                .include(Pattern.quote(KernelBenchmark.class.getName()))
                .param("kernel", kernel.name())
                .param("threads", Integer.toString(threads))
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.milliseconds((long) (1000 * seconds / WARM_UPS)))
                .measurementIterations(ROUNDS)
                .measurementTime(TimeValue.milliseconds((long) (1000 * seconds / ROUNDS)))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        RunResult run = new Runner(options).runSingle();
        double median = run.getPrimaryResult().getStatistics().getPercentile(50);
        return new KernelResult(
                kernel.title(), threads, median, kernel.operations(), kernel.bytes(), peak, Machine.here());
    }
}
