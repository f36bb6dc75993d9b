package dev.convoy.benchmarks.race;

import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;

/** {@code predict} through Convoy's public API, from a tensor to a new tensor. */
public final class ConvoyPrediction implements Contestant {

    private final String name;
    private final Predictor predictor;
    private final Tensor data;

    /** The model on the CPU backend. */
    public ConvoyPrediction(Model model, Tensor data, int threads) {
        this.name = "Convoy";
        this.data = data;
        predictor = Predictor.of(model, "cpu", BackendOptions.defaults().withThreads(threads));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(long nanos, Timings timings) {
        Contestant.repeat(() -> predictor.predict(data), nanos, timings);
    }

    @Override
    public float[] outputs() {
        return predictor.predict(data).floats();
    }

    @Override
    public void close() {
        predictor.close();
    }
}
