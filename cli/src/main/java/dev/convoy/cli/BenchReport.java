package dev.convoy.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How fast a model runs.
 *
 * @param model as the user named it
 * @param task {@code predict} or {@code train}
 * @param batch pictures per run
 * @param backend its name
 * @param kernels what the backend computes with
 * @param threads that it was given
 * @param warmUpSeconds that did not count
 * @param timings of the runs that did
 */
record BenchReport(
        String model,
        String task,
        int batch,
        String backend,
        String kernels,
        int threads,
        double warmUpSeconds,
        Timings timings) {

    private static final double TAIL = 0.99;

    private double imagesPerSecond() {
        return (double) batch * timings.count() / timings.seconds();
    }

    /** The figures by the names that scripts know them by. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("model", model);
        figures.put("task", task);
        figures.put("batch", batch);
        figures.put("backend", backend);
        figures.put("kernels", kernels);
        figures.put("threads", threads);
        figures.put("warm_up_seconds", warmUpSeconds);
        figures.put("seconds", timings.seconds());
        figures.put("runs", timings.count());
        figures.put("median_ms", timings.medianMillis());
        figures.put("min_ms", timings.minMillis());
        figures.put("p99_ms", timings.quantileMillis(TAIL));
        figures.put("images_per_second", imagesPerSecond());
        figures.put("versions", Map.of("convoy", VersionProvider.convoy(), "java", System.getProperty("java.version")));
        return figures;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                model      %s, %s, batches of %d
                backend    %s, %s, %d %s
                runs       %,d in %.1f s, after %.1f s of warming up
                median_ms  %.4f
                min_ms     %.4f
                p99_ms     %.4f
                images per second  %,.1f\
                """,
                model,
                task,
                batch,
                backend,
                kernels,
                threads,
                threads == 1 ? "thread" : "threads",
                timings.count(),
                timings.seconds(),
                warmUpSeconds,
                timings.medianMillis(),
                timings.minMillis(),
                timings.quantileMillis(TAIL),
                imagesPerSecond());
    }
}
