package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.data.Prefetch;
import dev.convoy.graph.Graph;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Measures loss and metrics on whole data sets: the validation of a training, and an {@link Evaluator}. */
final class Measurement {

    /** Sees each batch with its prediction. */
    @FunctionalInterface
    interface Sink {
        void add(Batch batch, @Nullable Tensor prediction);
    }

    /** How many batches are made before they are needed. */
    static final int AHEAD = 2;

    private final LossGraph loss;
    private final TargetCheck targets;
    private final StateRunner runner;
    private final Measures measures;
    private final int batchSize;
    private final Graph graph;

    Measurement(LossGraph loss, TargetCheck targets, StateRunner runner, Measures measures, int batchSize) {
        this.loss = loss;
        this.targets = targets;
        this.runner = runner;
        this.measures = measures;
        this.batchSize = batchSize;
        this.graph = loss.evaluation();
    }

    /** Loss and metrics, or nothing if {@code stop} said so between two batches. */
    Optional<Figures> of(Dataset data, BooleanSupplier stop) {
        return of(data, stop, measures.needPredictions(), (batch, prediction) -> {});
    }

    /** Loss and metrics, or nothing if {@code stop} said so between two batches. */
    Optional<Figures> of(Dataset data, BooleanSupplier stop, boolean predictions, Sink sink) {
        Figures figures = new Figures(measures);
        int batches = Math.ceilDiv(data.size(), batchSize);
        try (Prefetch prefetch = Prefetch.of(batches, number -> batch(data, number), AHEAD)) {
            while (prefetch.hasNext()) {
                if (stop.getAsBoolean()) {
                    return Optional.empty();
                }
                Batch batch = prefetch.next();
                Tensor weights = loss.weighted() ? SampleWeights.of(batch, Map.of()) : null;
                Map<String, Tensor> inputs = loss.inputs(batch.inputs(), batch.targets(), weights);
                var result = LossGraph.Result.of(
                        runner.run(graph, batch.size(), inputs, LossGraph.Result.fetch(predictions)));
                figures.add(result, batch, weights);
                sink.add(batch, result.prediction());
            }
        }
        return Optional.of(figures);
    }

    private Batch batch(Dataset data, int number) {
        int first = number * batchSize;
        int[] samples = new int[Math.min(batchSize, data.size() - first)];
        Arrays.setAll(samples, i -> first + i);
        Batch batch = data.batch(samples);
        targets.inRange(batch);
        return batch;
    }
}
