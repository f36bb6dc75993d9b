package dev.convoy.benchmarks;

import ai.onnxruntime.OrtException;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code predict} through Convoy's public API on the CPU backend, beside ONNX Runtime's own Java API on the same network
 * exported as ONNX, in alternating rounds of one run. Arguments: a Keras file, the batch size (1), the number of threads
 * (that of the processors), the seconds of each side (10). Prints the median, the minimum and the ratio of the medians.
 */
public final class PredictBenchmark {

    private static final double WARM_UP_SHARE = 0.3;
    private static final long ROUND_NANOS = 100_000_000L;

    private PredictBenchmark() {}

    /**
     * @throws OrtException if ONNX Runtime cannot load the exported network
     */
    public static void main(String[] arguments) throws OrtException {
        if (arguments.length == 0) {
            System.err.println("Usage: PredictBenchmark MODEL [BATCH [THREADS [SECONDS]]]");
            System.exit(2);
        }
        Model model = Models.load(Path.of(arguments[0]));
        int batch = number(arguments, 1, 1);
        int threads = number(arguments, 2, Runtime.getRuntime().availableProcessors());
        int seconds = number(arguments, 3, 10);
        Tensor data = random(model.inputs().firstEntry().getValue(), batch);
        try (Contestant ours = ConvoyContestant.of(model, "cpu", data, threads);
                Contestant theirs = OnnxRuntimeContestant.of(model, data, threads)) {
            System.out.printf(
                    Locale.ROOT,
                    "%s, batch %d, %d threads, largest difference of outputs %.2g%n",
                    arguments[0],
                    batch,
                    threads,
                    difference(ours.predict(), theirs.predict()));
            List<Timings> timings = race(List.of(ours, theirs), seconds);
            timings.forEach(t -> System.out.println("  " + t));
            System.out.printf(
                    Locale.ROOT,
                    "  ratio of medians: %.2f%n",
                    timings.get(0).median() / timings.get(1).median());
        }
    }

    private static int number(String[] arguments, int index, int fallback) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : fallback;
    }

    private static Tensor random(TensorSpec declared, int batch) {
        TensorSpec spec = declared.withShape(declared.shape().with(0, Dim.of(batch)));
        SplitMix64 random = SplitMix64.of(1);
        float[] values = new float[Math.toIntExact(spec.shape().elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.uniform(i);
        }
        return Tensor.wrap(spec, values);
    }

    private static double difference(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static List<Timings> race(List<Contestant> sides, int seconds) {
        List<Timings> timings =
                sides.stream().map(side -> new Timings(side.name())).toList();
        long end = System.nanoTime() + seconds * 1_000_000_000L * sides.size();
        long warm = System.nanoTime() + (long) (seconds * 1e9 * sides.size() * WARM_UP_SHARE);
        while (System.nanoTime() < end) {
            for (int i = 0; i < sides.size(); i++) {
                boolean counts = System.nanoTime() >= warm;
                long roundEnd = System.nanoTime() + ROUND_NANOS;
                while (System.nanoTime() < roundEnd) {
                    long start = System.nanoTime();
                    sides.get(i).predict();
                    if (counts) {
                        timings.get(i).add(System.nanoTime() - start);
                    }
                }
            }
        }
        return timings;
    }

    /** Times of one side. */
    private static final class Timings {
        private final String name;
        private long[] nanos = new long[1024];
        private int count;

        Timings(String name) {
            this.name = name;
        }

        void add(long time) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = time;
        }

        double median() {
            long[] sorted = sorted();
            return sorted[sorted.length / 2] / 1e6;
        }

        private long[] sorted() {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return sorted;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-12s median %.3f ms, minimum %.3f ms, %d runs",
                    name,
                    median(),
                    sorted()[0] / 1e6,
                    count);
        }
    }
}
