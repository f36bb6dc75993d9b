package dev.convoy.conformance.training;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Subject;
import dev.convoy.conformance.training.Vectors.Vector;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Loss;
import dev.convoy.training.Losses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** U2: each loss of each sample, and its gradient with respect to the prediction. */
final class LossVectors {

    /** The largest difference allowed, relative to the largest element expected, or 1 if that is less. */
    private static final double TOLERANCE = 2e-6;

    private static final SequencedMap<String, Loss> LOSSES = losses();

    private LossVectors() {}

    private static SequencedMap<String, Loss> losses() {
        SequencedMap<String, Loss> all = new LinkedHashMap<>();
        all.put("sparse_categorical_crossentropy", Losses.SPARSE_CATEGORICAL_CROSSENTROPY);
        all.put("sparse_categorical_crossentropy-logits", new Crossentropy.Sparse(true));
        all.put("categorical_crossentropy", Losses.CATEGORICAL_CROSSENTROPY);
        all.put("categorical_crossentropy-logits", new Crossentropy.Categorical(true, 0));
        all.put("categorical_crossentropy-smoothing", new Crossentropy.Categorical(false, 0.1));
        all.put("categorical_crossentropy-logits-smoothing", new Crossentropy.Categorical(true, 0.1));
        all.put("binary_crossentropy", Losses.BINARY_CROSSENTROPY);
        all.put("binary_crossentropy-logits", new Crossentropy.Binary(true, 0));
        all.put("binary_crossentropy-smoothing", new Crossentropy.Binary(false, 0.1));
        all.put("binary_crossentropy-logits-smoothing", new Crossentropy.Binary(true, 0.1));
        all.put("mean_squared_error", Losses.MEAN_SQUARED_ERROR);
        all.put("mean_absolute_error", Losses.MEAN_ABSOLUTE_ERROR);
        all.put("mean_absolute_percentage_error", Losses.MEAN_ABSOLUTE_PERCENTAGE_ERROR);
        all.put("mean_squared_logarithmic_error", Losses.MEAN_SQUARED_LOGARITHMIC_ERROR);
        all.put("huber", Losses.huber(1));
        all.put("huber-delta-0.5", Losses.huber(0.5));
        all.put("log_cosh", Losses.LOG_COSH);
        all.put("hinge", Losses.HINGE);
        all.put("squared_hinge", Losses.SQUARED_HINGE);
        all.put("categorical_hinge", Losses.CATEGORICAL_HINGE);
        all.put("kl_divergence", Losses.KL_DIVERGENCE);
        all.put("poisson", Losses.POISSON);
        all.put("cosine_similarity", Losses.COSINE_SIMILARITY);
        return all;
    }

    static List<ConformanceCheck> checks() {
        return Vectors.of("loss").entrySet().stream()
                .map(e -> new ConformanceCheck(
                        "required/training.U2/" + e.getKey(),
                        subject -> e.getValue().forEach(vector -> run(subject, vector))))
                .toList();
    }

    private static void run(Subject subject, Vector vector) {
        Loss loss = Objects.requireNonNull(LOSSES.get(vector.name()), vector.name());
        double[] targets = vector.numbers(0);
        double[] predictions = vector.numbers(1);
        int samples = vector.numbers(2).length;
        GraphBuilder g = new GraphBuilder();
        TensorSpec spec = TensorSpec.float32(samples, predictions.length / samples);
        Value prediction = g.input("prediction", spec);
        Value target = g.input("target", loss.target(spec));
        Value losses = loss.apply(g, target, prediction);
        g.output("losses", losses);
        Value mean = g.reduce(ReduceFn.MEAN, losses, List.of(0), false);
        g.output("gradient", Gradients.of(g, mean, List.of(prediction)).getFirst());
        Map<String, Tensor> inputs = Map.of(
                "prediction", Draw.tensor(predictions, samples, predictions.length / samples),
                "target", target(target.spec(), targets));
        Map<String, Tensor> results = subject.run(g.build(), inputs);
        Close.whole(
                vector.name() + ": the loss",
                vector.numbers(2),
                Objects.requireNonNull(results.get("losses")),
                TOLERANCE);
        Close.whole(
                vector.name() + ": the gradient",
                vector.numbers(3),
                Objects.requireNonNull(results.get("gradient")),
                TOLERANCE);
    }

    private static Tensor target(TensorSpec spec, double[] values) {
        if (!spec.type().isInteger()) {
            return Draw.tensor(values, spec.shape().sizes());
        }
        int[] classes = new int[values.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (int) values[i];
        }
        return Tensor.of(classes, classes.length);
    }
}
