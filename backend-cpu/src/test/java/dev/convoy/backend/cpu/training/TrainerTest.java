package dev.convoy.backend.cpu.training;

import static dev.convoy.layers.Activations.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Constraint;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Input;
import dev.convoy.layers.Regularizer;
import dev.convoy.layers.Weight;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Callback;
import dev.convoy.training.Losses;
import dev.convoy.training.Metrics;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Schedule;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import dev.convoy.training.TrainingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the trainer does with batches, weights and layers; expected numbers are worked out by hand. */
class TrainerTest {

    private static final Weight ONE = Weight.of(new Initializers.Constant(1));

    /** {@code y = w · x}, w = 1: the gradient of the squared error of a sample is {@code 2 · (w · x - y) · x}. */
    private static Model line() {
        return Sequential.of(Input.of(1), Dense.of(1).useBias(false).kernel(ONE));
    }

    private static Dataset points(float[] x, float[] y) {
        return Dataset.of(Tensor.of(x, x.length, 1), Tensor.of(y, y.length, 1));
    }

    private static Trainer squared(Model model) {
        return Trainer.of(model)
                .loss(Losses.MEAN_SQUARED_ERROR)
                .optimizer(Optimizer.sgd().learningRate(0.1))
                .shuffle(false)
                .on("cpu");
    }

    private static double weight(Training training) {
        return training.model().parameters().get("dense/kernel").get(0);
    }

    @Test
    void lenetLearnsOneBatch() {
        Model model = TrainedNetworks.lenet();
        Training training = Trainer.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(Metrics.ACCURACY)
                .batchSize(64)
                .epochs(60)
                .on("cpu")
                .fit(TrainedNetworks.pictures(model));
        assertTrue(training.history().last().values().get("loss") < 0.05, training.history()::toString);
        assertEquals(1, training.history().last().values().get("accuracy"));
        assertEquals(60, training.steps());
    }

    @Test
    void eachBatchMakesAStepAndTheLastMayBeSmaller() {
        Dataset data = points(new float[] {1, 2, 1}, new float[] {2, 2, 3});
        Training training = squared(line()).batchSize(2).fit(data);
        double first = 1 - 0.1 * (2 * (1 - 2) * 1 + 2 * (2 - 2) * 2) / 2.0;
        double second = first - 0.1 * 2 * (first - 3);
        assertEquals(second, weight(training), 1e-6);
        double losses = (1 + 0) / 2.0 * 2 + (first - 3) * (first - 3);
        assertEquals(losses / 3, training.history().last().values().get("loss"), 1e-6);
        assertEquals(2, training.steps());
    }

    @Test
    void sampleWeightsMultiplyLossesWhoseMeanIsOverAllSamples() {
        Dataset data = Dataset.of(
                Tensor.of(new float[] {1, 1}, 2, 1),
                Tensor.of(new float[] {2, 3}, 2, 1),
                Tensor.of(new float[] {3, 0.5f}, 2));
        Training training = squared(line())
                .metrics(Metrics.MEAN_ABSOLUTE_ERROR)
                .weightedMetrics(Metrics.MEAN_SQUARED_ERROR)
                .fit(data);
        assertEquals(1 - 0.1 * (3 * -2 + 0.5 * -4) / 2, weight(training), 1e-6);
        Map<String, Double> values = training.history().last().values();
        assertEquals((3 * 1 + 0.5 * 4) / 2, values.get("loss"), 1e-6);
        assertEquals((1 + 2) / 2.0, values.get("mean_absolute_error"), 1e-6);
        assertEquals((3 * 1 + 0.5 * 4) / 3.5, values.get("mean_squared_error"), 1e-6);
    }

    @Test
    void classWeightsCountInTrainingAndNotInValidation() {
        Model model = Sequential.of(
                Input.of(1),
                Dense.of(2)
                        .activation(SOFTMAX)
                        .kernel(Weight.of(Initializers.ZEROS))
                        .useBias(false));
        Dataset data = Dataset.of(Tensor.of(new float[] {0, 0}, 2, 1), Tensor.of(new int[] {0, 1}, 2));
        Training training = Trainer.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .classWeights(Map.of(1, 3.0))
                .validation(data)
                .on("cpu")
                .fit(data);
        Map<String, Double> values = training.history().last().values();
        assertEquals(2 * Math.log(2), values.get("loss"), 1e-6);
        assertEquals(Math.log(2), values.get("val_loss"), 1e-6);
    }

    /** As in Keras: groups are counted over the whole training, and one that the end cuts short makes no step. */
    @Test
    void accumulatedGradientsGoOnInTheNextEpoch() {
        Dataset data = points(new float[] {1, 1, 1}, new float[] {2, 3, 5});
        Trainer trainer = squared(line())
                .batchSize(1)
                .optimizer(Optimizer.sgd().learningRate(0.1).accumulate(2));
        Training one = trainer.fit(data);
        double first = 1 - 0.1 * (-2 + -4) / 2.0;
        assertEquals(first, weight(one), 1e-6);
        assertEquals(1, one.steps());
        Training two = trainer.epochs(2).fit(data);
        double second = first - 0.1 * (2 * (first - 5) + 2 * (first - 2)) / 2;
        double third = second - 0.1 * (2 * (second - 3) + 2 * (second - 5)) / 2;
        assertEquals(third, weight(two), 1e-6);
        assertEquals(3, two.steps());
    }

    @Test
    void schedulesAreAskedWithTheNumberOfBatchesBefore() {
        List<Long> asked = new ArrayList<>();
        Schedule schedule = iteration -> {
            asked.add(iteration);
            return 0.1;
        };
        squared(line())
                .batchSize(1)
                .epochs(2)
                .optimizer(Optimizer.sgd().learningRate(schedule))
                .fit(points(new float[] {1, 1}, new float[] {2, 3}));
        assertEquals(List.of(0L, 1L, 2L, 3L), asked.stream().distinct().toList());
    }

    @Test
    void frozenLayersStay() {
        Model model = TrainedNetworks.lenet().frozen(Set.of("conv2d", "dense"));
        Parameters before = model.parameters();
        Parameters after = Trainer.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .on("cpu")
                .fit(TrainedNetworks.pictures(model))
                .model()
                .parameters();
        for (String name : before.names()) {
            boolean frozen = name.startsWith("conv2d/") || name.startsWith("dense/");
            assertEquals(frozen, before.get(name).equals(after.get(name)), name);
        }
    }

    /** Mean 2.5 and biased variance 1.25 of 1, 2, 3, 4, with momentum 0.99. */
    @Test
    void batchNormalizationMovesItsStatistics() {
        Model model = Sequential.of(Input.of(1), BatchNormalization.of(), Dense.of(1));
        Training training = squared(model).fit(points(new float[] {1, 2, 3, 4}, new float[4]));
        Parameters parameters = training.model().parameters();
        assertEquals(
                0.01 * 2.5, parameters.get("batch_normalization/moving_mean").get(0), 1e-7);
        assertEquals(
                0.99 + 0.01 * 1.25,
                parameters.get("batch_normalization/moving_variance").get(0),
                1e-6);
    }

    @Test
    void constraintsHoldAfterEachStep() {
        Weight limited = ONE.withConstraint(new Constraint.NonNegative());
        Model model = Sequential.of(Input.of(1), Dense.of(1).useBias(false).kernel(limited));
        assertEquals(0, weight(squared(model).fit(points(new float[] {10}, new float[] {-10}))));
    }

    /** {@code (w - 2)² + w² / 2} has the gradient -1 at w = 1. */
    @Test
    void penaltiesCountInTrainingAndValidationUnlessTheLayerIsFrozen() {
        Weight costly = ONE.withRegularizer(Regularizer.l2(0.5));
        Model model = Sequential.of(Input.of(1), Dense.of(1).useBias(false).kernel(costly));
        Dataset data = points(new float[] {1}, new float[] {2});
        Training training = squared(model).validation(data).fit(data);
        Map<String, Double> values = training.history().last().values();
        assertEquals(1.1, weight(training), 1e-6);
        assertEquals(1.5, values.get("loss"), 1e-6);
        assertEquals(0.81 + 0.605, values.get("val_loss"), 1e-6);
        Model half = Sequential.of(
                        Input.of(1),
                        Dense.of(1).useBias(false).kernel(costly).named("frozen"),
                        Dense.of(1).useBias(false).kernel(ONE))
                .frozen(Set.of("frozen"));
        assertEquals(1, squared(half).fit(data).history().last().values().get("loss"), 1e-6);
    }

    /** Kept inputs are doubled: the weight sees 0 or 2, and its step tells which. */
    @Test
    void dropoutDrawsAnewForEachBatchAndNotInValidation() {
        Model model = Sequential.of(
                Input.of(1), Dropout.of(0.5), Dense.of(1).useBias(false).kernel(ONE));
        List<Double> losses = new ArrayList<>();
        Dataset data = points(new float[] {1}, new float[] {0});
        Callback collector = new Callback() {
            @Override
            public void onEpochEnd(TrainingContext context) {
                Map<String, Double> values = context.progress().values();
                losses.add(values.get("loss"));
                assertEquals(1, values.get("val_loss"), 1e-3);
            }
        };
        squared(model)
                .optimizer(Optimizer.sgd().learningRate(1e-6))
                .epochs(64)
                .validation(data)
                .callbacks(collector)
                .fit(data);
        long kept = losses.stream().filter(loss -> loss > 3.9).count();
        long dropped = losses.stream().filter(loss -> loss == 0).count();
        assertEquals(64, kept + dropped);
        assertTrue(kept >= 16 && kept <= 48, () -> kept + " of 64 kept");
    }

    @Test
    void aCallbackStopsTheTraining() {
        Callback afterTwo = new Callback() {
            @Override
            public void onEpochEnd(TrainingContext context) {
                assertFalse(context.model().parameters().names().isEmpty());
                if (context.progress().epoch() == 2) {
                    context.stop("enough");
                }
            }
        };
        Training training = squared(line()).epochs(9).callbacks(afterTwo).fit(points(new float[] {1}, new float[] {2}));
        assertEquals(2, training.history().epochs().size());
        assertEquals(2, training.steps());
        assertEquals("enough", training.stopped().orElseThrow());
    }

    @Test
    void theSeedDecidesTheOrder() {
        Dataset data = points(new float[] {1, 1, 1, 1}, new float[] {2, 3, 4, 5});
        Trainer trainer = squared(line()).shuffle(true).batchSize(1);
        assertEquals(weight(trainer.seed(1).fit(data)), weight(trainer.seed(1).fit(data)));
        assertNotEquals(
                weight(trainer.seed(1).fit(data)), weight(trainer.seed(2).fit(data)));
    }

    @Test
    void namesOfTheModelDoNotMeetThoseOfTheTraining() {
        Model model = Sequential.of(
                Input.of(1),
                Dense.of(1).useBias(false).kernel(ONE).named("step"),
                Dense.of(1).useBias(false).kernel(ONE).named("loss"));
        Training training = squared(model).fit(points(new float[] {1}, new float[] {2}));
        assertArrayEquals(
                new float[] {1.2f},
                training.model().parameters().get("loss/kernel").floats(),
                1e-6f);
    }
}
