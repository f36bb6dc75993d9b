package dev.convoy.benchmarks;

import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;

/** Convoy's predictor on one of its backends. */
record ConvoyContestant(String name, Predictor predictor, Tensor data) implements Contestant {

    static ConvoyContestant of(Model model, String backend, Tensor data, int threads) {
        BackendOptions options = BackendOptions.defaults().withThreads(threads);
        return new ConvoyContestant("convoy " + backend, Predictor.of(model, backend, options), data);
    }

    @Override
    public float[] predict() {
        return predictor.predict(data).floats();
    }

    @Override
    public void close() {
        predictor.close();
    }
}
