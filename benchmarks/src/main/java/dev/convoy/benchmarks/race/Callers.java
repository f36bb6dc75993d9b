package dev.convoy.benchmarks.race;

import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many threads that call one predictor without pause. A run is a round of all; its time is that of the round divided by the
 * predictions that all of them made.
 */
public final class Callers implements Contestant {

    private final int count;
    private final Predictor predictor;
    private final Tensor data;
    private final ExecutorService callers;

    /**
     * @param threads of the backend
     */
    public Callers(int count, CalledNetwork network, int threads) {
        this.count = count;
        Model model = network.model();
        data = CalledNetwork.data(model);
        predictor = Predictor.of(model, "cpu", BackendOptions.defaults().withThreads(threads));
        callers = Executors.newFixedThreadPool(count);
    }

    @Override
    public String name() {
        return count + " callers";
    }

    @Override
    public void run(long nanos, Timings timings) {
        long begin = System.nanoTime();
        Callable<Long> caller = () -> {
            long made = 0;
            do {
                predictor.predict(data);
                made++;
            } while (System.nanoTime() - begin < nanos);
            return made;
        };
        long predictions = 0;
        try {
            for (Future<Long> made : callers.invokeAll(Collections.nCopies(count, caller))) {
                predictions += made.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        timings.add((System.nanoTime() - begin) / predictions);
    }

    @Override
    public void close() {
        callers.shutdownNow();
        predictor.close();
    }
}
