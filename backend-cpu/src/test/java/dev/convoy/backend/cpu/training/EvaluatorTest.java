package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Identity;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Input;
import dev.convoy.layers.Regularizer;
import dev.convoy.layers.Weight;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.BinaryMetrics;
import dev.convoy.training.ConfusionMatrix;
import dev.convoy.training.Evaluation;
import dev.convoy.training.Evaluator;
import dev.convoy.training.Losses;
import dev.convoy.training.Metrics;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import dev.convoy.training.TrainingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An evaluation measures what a validation does. */
class EvaluatorTest {

    private static final Dataset PLAIN = ResumableTraining.data();

    /** The same samples, of which some count more. */
    private static Dataset weighted() {
        int[] all = new int[PLAIN.size()];
        Arrays.setAll(all, i -> i);
        Batch batch = PLAIN.batch(all);
        float[] weights = new float[all.length];
        Arrays.setAll(all, i -> i);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.5f + i % 3;
        }
        return Dataset.of(batch.inputs(), batch.targets(), Tensor.of(weights, weights.length));
    }

    private static Model model() {
        return Sequential.of(
                Input.of(8, 8, 1),
                Flatten.of(),
                Dense.of(12)
                        .activation(Activations.RELU)
                        .kernel(Weight.of(Initializers.GLOROT_UNIFORM).withRegularizer(Regularizer.l2(0.01))),
                Dense.of(3).activation(Activations.SOFTMAX));
    }

    private static void sameAsValidation(Dataset data, int batchSize) {
        Training training = Trainer.of(model())
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(Metrics.ACCURACY)
                .weightedMetrics(Metrics.topKAccuracy(2))
                .classWeights(Map.of(1, 3.0))
                .validation(data)
                .batchSize(batchSize)
                .on("cpu")
                .fit(PLAIN);
        Evaluation evaluation = Evaluator.of(training.model())
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(Metrics.ACCURACY)
                .weightedMetrics(Metrics.topKAccuracy(2))
                .batchSize(batchSize)
                .on("cpu")
                .evaluate(data);
        Map<String, Double> validation = training.history().last().values();
        assertEquals(
                List.of("loss", "accuracy", "top_2_accuracy"),
                List.copyOf(evaluation.values().keySet()));
        evaluation.values().forEach((name, value) -> assertEquals(validation.get("val_" + name), value, name));
        assertEquals(22, evaluation.samples());
        assertEquals("cpu", evaluation.backend());
        assertTrue(evaluation.seconds() > 0 && evaluation.results().isEmpty());
    }

    /** 22 is 8 and 8 and 6. */
    @Test
    void theNumbersAreThoseOfAValidationBitForBit() {
        sameAsValidation(PLAIN, 8);
        sameAsValidation(weighted(), 8);
        sameAsValidation(PLAIN, 32);
    }

    @Test
    void predictionsAreThoseOfAPredictorAndGiveAConfusionMatrix() {
        Model model = model();
        Evaluation evaluation = Evaluator.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(Metrics.ACCURACY)
                .batchSize(8)
                .keepResults(true)
                .on("cpu")
                .evaluate(PLAIN);
        Evaluation.Results results = evaluation.results().orElseThrow();
        int[] all = new int[PLAIN.size()];
        Arrays.setAll(all, i -> i);
        Batch batch = PLAIN.batch(all);
        assertEquals(batch.targets(), results.targets());
        try (var predictor = model.predictor().on("cpu")) {
            Tensor expected = predictor.predict(batch.inputs());
            assertEquals(expected.spec(), results.predictions().spec());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i), results.predictions().get(i), 1e-6);
            }
        }
        ConfusionMatrix matrix = results.confusionMatrix();
        assertEquals(3, matrix.classes());
        assertEquals(
                evaluation.values().get("accuracy"), matrix.accuracy(), 1e-12, () -> String.valueOf(matrix.rows()));
    }

    /** Nothing trains; the loss is that of the frozen layers' outputs. */
    @Test
    void aModelWithoutAnythingToTrainIsEvaluated() {
        Model line = Sequential.of(Input.of(2), Identity.of());
        Dataset data = Dataset.of(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), Tensor.of(new float[] {1, 0, 3, 3}, 2, 2));
        Evaluator evaluator = Evaluator.of(line)
                .loss(Losses.MEAN_SQUARED_ERROR)
                .metrics(Metrics.MEAN_ABSOLUTE_ERROR)
                .weightedMetrics(BinaryMetrics.RECALL);
        try (Backend backend = Backends.open("cpu", Purpose.TRAIN, BackendOptions.defaults())) {
            assertEquals(
                    Map.of("loss", 1.25, "mean_absolute_error", 0.75, "recall", 1.0),
                    evaluator.on(backend).evaluate(data).values());
        }
    }

    @Test
    void mistakesAreNamed() {
        Evaluator evaluator = Evaluator.of(model())
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .on("cpu");
        List<String> messages = new ArrayList<>();
        for (Evaluator wrong : List.of(Evaluator.of(model()).on("cpu"), evaluator.loss(Losses.MEAN_SQUARED_ERROR))) {
            messages.add(assertThrows(TrainingException.class, () -> wrong.evaluate(PLAIN))
                    .getMessage());
        }
        assertEquals(
                List.of(
                        "Evaluation: no loss is given. Remedy: add .loss(…), for class numbers"
                                + " SPARSE_CATEGORICAL_CROSSENTROPY",
                        "Evaluation: the data does not fit the loss mean_squared_error: a sample's target is expected"
                                + " as float32[3], got int32[]. Remedy: these look like class numbers; take"
                                + " SPARSE_CATEGORICAL_CROSSENTROPY, or give one-hot targets"),
                messages);
        Dataset label = Dataset.of(PLAIN.batch(new int[] {0}).inputs(), Tensor.of(new int[] {3}, 1));
        assertTrue(assertThrows(TrainingException.class, () -> evaluator.evaluate(label))
                .getMessage()
                .startsWith("Evaluation: label 3 is out of range"));
        assertThrows(TrainingException.class, () -> evaluator.batchSize(0));
    }
}
