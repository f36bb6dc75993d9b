package dev.convoy.conformance.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs something in several threads at once. */
final class Concurrently {

    @FunctionalInterface
    interface Body {
        void run(int thread, int round);
    }

    private Concurrently() {}

    /** Runs the body in each thread {@code rounds} times; throws what one of them threw. */
    static void run(int threads, int rounds, Body body) {
        List<Future<?>> futures = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                int thread = t;
                futures.add(executor.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        body.run(thread, round);
                    }
                }));
            }
        }
        for (Future<?> future : futures) {
            await(future);
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
