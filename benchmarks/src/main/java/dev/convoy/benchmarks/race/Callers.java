package dev.convoy.benchmarks.race;

import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Many threads that call one predictor without pause. A run is a round of all; its time is that of the round divided by the
 * predictions that all of them made.
 */
public final class Callers implements Contestant {

    private final int count;
    private final Predictor predictor;
    private final Tensor data;

    /**
     * @param threads of the backend
     */
    public Callers(int count, CalledNetwork network, int threads) {
        this.count = count;
        Model model = network.model();
        data = CalledNetwork.data(model);
        predictor = Predictor.of(model, "cpu", BackendOptions.defaults().withThreads(threads));
    }

    @Override
    public String name() {
        return count + " callers";
    }

    @Override
    public void run(long nanos, Timings timings) {
        long begin = System.nanoTime();
        LongAdder predictions = new LongAdder();
        List<Thread> callers = Stream.generate(() -> Thread.ofPlatform().start(() -> {
                    do {
                        predictor.predict(data);
                        predictions.increment();
                    } while (System.nanoTime() - begin < nanos);
                }))
                .limit(count)
                .toList();
        try {
            for (Thread caller : callers) {
                caller.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
        if (predictions.sum() < count) {
            throw new IllegalStateException("A caller failed; its message stands above");
        }
        timings.add((System.nanoTime() - begin) / predictions.sum());
    }

    @Override
    public void close() {
        predictor.close();
    }
}
