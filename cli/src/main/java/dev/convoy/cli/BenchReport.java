package dev.convoy.cli;

import dev.convoy.spi.Plan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param memory of a prediction; null for a training
 */
record BenchReport(
        String model,
        String task,
        int batch,
        String backend,
        String kernels,
        int threads,
        double warmUpSeconds,
        Timings timings,
        @Nullable Memory memory) {

    private static final double TAIL = 0.99;
    private static final double MEGA = 1e6;

    /**
     * What a predictor holds.
     *
     * @param heapBytes the heap of the whole process after a collection
     * @param plan of the backend, which counts weights, packed weights and the results needed at once
     */
    record Memory(long heapBytes, Plan plan) {

        private static final int COLLECTIONS = 3;

        /** Collects garbage first; the second collection finds what the first has found to be held weakly only. */
        static Memory of(Plan plan) {
            Runtime runtime = Runtime.getRuntime();
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }
            return new Memory(runtime.totalMemory() - runtime.freeMemory(), plan);
        }

        private long needed() {
            return plan.weightBytes() + plan.packedBytes() + plan.liveBytes();
        }

        @Override
        public String toString() {
            String heap = String.format(Locale.ROOT, "%.1f MB after a collection", heapBytes / MEGA);
            return needed() == 0
                    ? heap
                    : heap
                            + String.format(
                                    Locale.ROOT,
                                    ", %.2f times weights %.1f, packed %.1f and results %.1f MB",
                                    (double) heapBytes / needed(),
                                    plan.weightBytes() / MEGA,
                                    plan.packedBytes() / MEGA,
                                    plan.liveBytes() / MEGA);
        }
    }

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
        if (memory != null) {
            figures.put("heap_bytes", memory.heapBytes());
            figures.put("weight_bytes", memory.plan().weightBytes());
            figures.put("packed_bytes", memory.plan().packedBytes());
            figures.put("live_bytes", memory.plan().liveBytes());
        }
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
                images per second  %,.1f%s\
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
                imagesPerSecond(),
                memory == null ? "" : "\nheap       " + memory);
    }
}
