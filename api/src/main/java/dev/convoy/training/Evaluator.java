package dev.convoy.training;

import dev.convoy.data.Dataset;
import dev.convoy.models.Model;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures loss and metrics of a model with one input and one output (Keras' {@code model.evaluate}); the numbers are those
 * that a {@link Trainer} measures on its validation data. An evaluator is immutable; each method returns another with one
 * setting changed.
 */
public final class Evaluator {

    private final Model model;
    private @Nullable Loss loss;
    private Measures measures = Measures.NONE;
    private int batchSize = 32;
    private boolean results;
    private @Nullable String backendName;
    private @Nullable Backend backend;
    private BackendOptions options = BackendOptions.defaults();

    private Evaluator(Model model) {
        this.model = model;
    }

    /** Batches of 32, on the backend that a trainer would take. */
    public static Evaluator of(Model model) {
        return new Evaluator(model);
    }

    private Evaluator with(Consumer<Evaluator> change) {
        Evaluator copy = new Evaluator(model);
        copy.loss = loss;
        copy.measures = measures;
        copy.batchSize = batchSize;
        copy.results = results;
        copy.backendName = backendName;
        copy.backend = backend;
        copy.options = options;
        change.accept(copy);
        return copy;
    }

    /** What the model was trained to make small; there is no default. */
    public Evaluator loss(Loss measured) {
        return with(e -> e.loss = measured);
    }

    /** What is measured beside the loss; all samples count alike. */
    public Evaluator metrics(Metric... metrics) {
        return with(e -> e.measures = new Measures(List.of(metrics), e.measures.weightedMetrics()));
    }

    /** What is measured with the weights of samples. */
    public Evaluator weightedMetrics(Metric... metrics) {
        return with(e -> e.measures = new Measures(e.measures.metrics(), List.of(metrics)));
    }

    /**
     * Samples per batch; 32 by default.
     *
     * @throws TrainingException if it is not positive
     */
    public Evaluator batchSize(int samples) {
        Task.EVALUATION.require(samples >= 1, "the batch size is at least 1, got " + samples);
        return with(e -> e.batchSize = samples);
    }

    /** Whether targets and predictions of all samples are kept; false by default. */
    public Evaluator keepResults(boolean keep) {
        return with(e -> e.results = keep);
    }

    /** Evaluates on the backend of this name. */
    public Evaluator on(String name) {
        return with(e -> {
            e.backendName = name;
            e.backend = null;
        });
    }

    /** Evaluates on a backend that others use too, and leaves it open. */
    public Evaluator on(Backend shared) {
        return with(e -> {
            e.backendName = null;
            e.backend = shared;
        });
    }

    /** How the backend is made. */
    public Evaluator options(BackendOptions newOptions) {
        return with(e -> e.options = newOptions);
    }

    /**
     * Evaluates.
     *
     * @throws TrainingException if loss, data and model do not fit together, or a label is out of range
     */
    public Evaluation evaluate(Dataset data) {
        Backend shared = backend;
        if (shared != null) {
            return evaluate(data, shared);
        }
        try (Backend own = Backends.open(backendName, Purpose.TRAIN, options)) {
            return evaluate(data, own);
        }
    }

    private Evaluation evaluate(Dataset data, Backend chosen) {
        long start = System.nanoTime();
        Task.EVALUATION.require(data.size() > 0, "the data is empty");
        LossGraph graph = LossGraph.of(Task.EVALUATION, model, loss, SampleWeights.in(data));
        TargetCheck targets = TargetCheck.of(graph, Task.EVALUATION);
        targets.fits("data", data);
        List<Tensor> predictions = new ArrayList<>();
        List<Tensor> truths = new ArrayList<>();
        try (StateRunner runner = new StateRunner(chosen, model.parameters())) {
            Figures figures = new Measurement(graph, targets, runner, measures, batchSize)
                    .of(data, () -> false, results || measures.needPredictions(), (batch, prediction) -> {
                        if (results) {
                            truths.add(batch.targets());
                            predictions.add(Objects.requireNonNull(prediction));
                        }
                    })
                    .orElseThrow();
            return new Evaluation(
                    figures.values(""),
                    data.size(),
                    (System.nanoTime() - start) / 1e9,
                    chosen.name(),
                    results
                            ? Optional.of(new Evaluation.Results(joined(truths), joined(predictions)))
                            : Optional.empty());
        }
    }

    /** Batches one after the other. */
    private static Tensor joined(List<Tensor> batches) {
        TensorSpec spec = batches.getFirst().spec();
        int samples = batches.stream().mapToInt(b -> b.shape().size(0)).sum();
        long elements = batches.stream().mapToLong(Tensor::size).sum();
        Task.EVALUATION.require(
                elements <= Integer.MAX_VALUE,
                "results of " + elements + " numbers do not fit one tensor. Remedy: evaluate parts of the data, or do"
                        + " not keep results");
        Object all = spec.type().storage().newArray((int) elements);
        int at = 0;
        for (Tensor batch : batches) {
            System.arraycopy(batch.array(), 0, all, at, batch.size());
            at += batch.size();
        }
        return Tensor.wrap(spec.withShape(spec.shape().with(0, Dim.of(samples))), all);
    }
}
