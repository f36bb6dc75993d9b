package dev.convoy.conformance.training;

import dev.convoy.conformance.check.Capability;
import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Subject;
import dev.convoy.conformance.reference.ReferenceProvider;
import dev.convoy.data.Dataset;
import dev.convoy.layers.Activations;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Constraint;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.layers.Regularizer;
import dev.convoy.layers.Weight;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.GradientTransform;
import dev.convoy.training.History;
import dev.convoy.training.Losses;
import dev.convoy.training.Metrics;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** U6 to U8: whole trainings of a small network with every part that training treats in its own way. */
final class TrainingChecks {

    private static final int SAMPLES = 20;
    private static final int CLASSES = 4;

    /** Of losses, relative to 1 or the loss, and of parameters, relative to 1 or a tensor's largest element. */
    private static final double TOLERANCE = 1e-4;

    private TrainingChecks() {}

    static List<ConformanceCheck> all() {
        List<ConformanceCheck> checks = new ArrayList<>();
        StepVectors.optimizers()
                .forEach((name, optimizer) -> checks.add(check(
                        "U6/" + name,
                        subject -> follows(subject, trainer(optimizer).batchSize(10)))));
        checks.add(check(
                "U6/clipped",
                subject -> follows(
                        subject,
                        trainer(Optimizer.sgd(0.9, true).transform(new GradientTransform.GlobalClipNorm(0.5)))
                                .batchSize(10))));
        checks.add(check(
                "U7/smaller-last-batch",
                subject ->
                        follows(subject, trainer(Optimizer.adam()).batchSize(8).validation(data(7, 11)))));
        checks.add(check(
                "U7/accumulation",
                subject -> follows(
                        subject,
                        trainer(Optimizer.adam().accumulate(2)).batchSize(8).epochs(3))));
        checks.add(check("U8/two-runs", TrainingChecks::repeats));
        checks.add(check("U8/threads", TrainingChecks::anyThreads));
        return checks;
    }

    private static ConformanceCheck check(String name, ConformanceCheck.Action action) {
        return new ConformanceCheck("required/training." + name, action);
    }

    /** Convolution, normalisation, pooling, dropout, a regularizer and a constraint. */
    static Model network() {
        Weight decayed = Weight.of(Initializers.GLOROT_UNIFORM).withRegularizer(Regularizer.l2(0.01));
        Weight limited = Weight.of(Initializers.GLOROT_UNIFORM).withConstraint(new Constraint.MaxNorm(1, List.of(0)));
        return Sequential.of(
                Input.of(6, 6, 2),
                Conv2D.of(4, 3).padding(Padding.SAME).useBias(false),
                BatchNormalization.of().momentum(0.8),
                dev.convoy.layers.ReLU.of(),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(8).activation(Activations.TANH).kernel(decayed),
                Dropout.of(0.25),
                Dense.of(CLASSES).activation(Activations.SOFTMAX).kernel(limited));
    }

    /** Pictures whose classes differ in mean and slope. */
    static Dataset data(int samples, long seed) {
        SplitMix64 random = SplitMix64.of(seed);
        float[] pixels = new float[samples * 72];
        int[] classes = new int[samples];
        float[] weights = new float[samples];
        for (int i = 0; i < samples; i++) {
            classes[i] = i % CLASSES;
            weights[i] = 0.5f + i % 3;
            for (int j = 0; j < 72; j++) {
                double slope = (classes[i] - 1.5) * (j % 12 - 5.5) / 6;
                pixels[i * 72 + j] = (float) (slope + random.uniform((long) i * 72 + j));
            }
        }
        return Dataset.of(
                Tensor.of(pixels, samples, 6, 6, 2), Tensor.of(classes, samples), Tensor.of(weights, samples));
    }

    private static Trainer trainer(Optimizer optimizer) {
        return Trainer.of(network())
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(Metrics.ACCURACY)
                .classWeights(Map.of(1, 2.0))
                .optimizer(optimizer)
                .epochs(2)
                .seed(5);
    }

    private static void follows(Subject subject, Trainer trainer) {
        Dataset data = data(SAMPLES, 3);
        Training expected;
        try (Backend reference = new ReferenceProvider().create(BackendOptions.defaults())) {
            expected = trainer.on(reference).fit(data);
        }
        Training actual = trainer.on(subject.backend()).fit(data);
        for (int i = 0; i < expected.history().epochs().size(); i++) {
            History.Epoch right = expected.history().epochs().get(i);
            History.Epoch got = actual.history().epochs().get(i);
            for (String name : right.values().keySet()) {
                double value = right.values().getOrDefault(name, Double.NaN);
                Tensor measured = Tensor.scalar(
                        got.values().getOrDefault(name, Double.NaN).floatValue());
                Close.whole(name + " of epoch " + right.epoch(), new double[] {value}, measured, TOLERANCE);
            }
        }
        expected.model().parameters().asMap().forEach((name, tensor) -> {
            double[] values = new double[tensor.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.get(i);
            }
            Close.whole(name, values, actual.model().parameters().get(name), TOLERANCE);
        });
    }

    private static void repeats(Subject subject) {
        subject.require(Capability.SAME_BITS_EVERY_RUN);
        Trainer trainer = trainer(Optimizer.adam()).batchSize(8).on(subject.backend());
        requireSame("a second run", trainer.fit(data(SAMPLES, 3)), trainer.fit(data(SAMPLES, 3)));
    }

    private static void anyThreads(Subject subject) {
        subject.require(Capability.SAME_BITS_FOR_ANY_THREAD_COUNT);
        Trainer trainer = trainer(Optimizer.adam()).batchSize(8);
        List<Training> trainings = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            try (Backend backend = subject.open(BackendOptions.defaults().withThreads(threads))) {
                trainings.add(trainer.on(backend).fit(data(SAMPLES, 3)));
            }
        }
        requireSame("two threads", trainings.getFirst(), trainings.get(1));
        requireSame("three threads", trainings.getFirst(), trainings.get(2));
    }

    private static void requireSame(String what, Training first, Training second) {
        if (!first.model().parameters().equals(second.model().parameters())) {
            throw new AssertionError("The parameters of " + what + " have other bits than those of the first");
        }
    }
}
