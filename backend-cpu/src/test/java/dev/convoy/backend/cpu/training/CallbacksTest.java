package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Input;
import dev.convoy.layers.Weight;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Callback;
import dev.convoy.training.Checkpoint;
import dev.convoy.training.GradientTransform;
import dev.convoy.training.Losses;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Progress;
import dev.convoy.training.Schedule;
import dev.convoy.training.TerminateOnNaN;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import dev.convoy.training.TrainingContext;
import dev.convoy.training.TrainingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callbacks see and change; expected numbers are worked out by hand. */
class CallbacksTest {

    private static final Model LINE =
            Sequential.of(Input.of(1), Dense.of(1).useBias(false).kernel(Weight.of(new Initializers.Constant(1))));

    @TempDir
    Path folder;

    private static Dataset points(float[] x, float[] y) {
        return Dataset.of(Tensor.of(x, x.length, 1), Tensor.of(y, y.length, 1));
    }

    private static Trainer trainer() {
        return Trainer.of(LINE)
                .loss(Losses.MEAN_SQUARED_ERROR)
                .optimizer(Optimizer.sgd().learningRate(0.25))
                .shuffle(false)
                .batchSize(1)
                .on("cpu");
    }

    private static double weight(Model model) {
        return model.parameters().get("dense/kernel").get(0);
    }

    /** Notes which hook was called where, and the weight then. */
    private record Recorder(List<String> calls) implements Callback {
        private void note(String hook, TrainingContext context) {
            Progress p = context.progress();
            calls.add(hook + " " + p.epoch() + "/" + p.epochs() + " " + p.batch() + "/" + p.batches() + " step "
                    + p.step() + " " + p.values() + " w " + weight(context.model()));
        }

        @Override
        public void onTrainBegin(TrainingContext context) {
            note("begin", context);
        }

        @Override
        public void onBatchEnd(TrainingContext context) {
            note("batch", context);
        }

        @Override
        public void onEpochEnd(TrainingContext context) {
            note("epoch", context);
        }

        @Override
        public void onTrainEnd(TrainingContext context) {
            note("end", context);
        }
    }

    /** {@code w - y} halves at each step: the gradient of {@code (w - y)²} is {@code 2 · (w - y)}. */
    @Test
    void hooksAreCalledInOrder() {
        List<String> calls = new ArrayList<>();
        Dataset data = points(new float[] {1, 1}, new float[] {5, 5});
        trainer().epochs(2).validation(data).callbacks(new Recorder(calls)).fit(data);
        assertEquals(
                List.of(
                        "begin 1/2 0/2 step 0 {} w 1.0",
                        "batch 1/2 1/2 step 1 {loss=16.0} w 3.0",
                        "batch 1/2 2/2 step 2 {loss=10.0} w 4.0",
                        "epoch 1/2 2/2 step 2 {loss=10.0, val_loss=1.0} w 4.0",
                        "batch 2/2 1/2 step 3 {loss=1.0} w 4.5",
                        "batch 2/2 2/2 step 4 {loss=0.625} w 4.75",
                        "epoch 2/2 2/2 step 4 {loss=0.625, val_loss=0.0625} w 4.75",
                        "end 2/2 2/2 step 4 {loss=0.625, val_loss=0.0625} w 4.75"),
                calls);
    }

    private static Callback afterBatch(int number, Consumer<TrainingContext> action) {
        return new Callback() {
            private int seen;

            @Override
            public void onBatchEnd(TrainingContext context) {
                if (++seen == number) {
                    action.accept(context);
                }
            }
        };
    }

    /** Halved after the first of three steps, then 0.125: {@code w - y} is -4, -2, -1.5, -1.125. */
    @Test
    void aLearningRateIsScaledAtOnce() {
        Dataset data = points(new float[] {1, 1, 1}, new float[] {5, 5, 5});
        Training training = trainer()
                .callbacks(afterBatch(1, context -> {
                    assertEquals(0.25, context.learningRate());
                    context.scaleLearningRate(0.5);
                    assertEquals(0.125, context.learningRate());
                }))
                .fit(data);
        assertEquals(5 - 1.125, weight(training.model()));
        assertEquals(0.125, training.history().last().learningRate());
    }

    /** The schedule says 0.25, 0.5, 0.25; from the second step on it is halved: {@code w - y} is -4, -2, -1, -0.75. */
    @Test
    void schedulesAreScaledToo() {
        Dataset data = points(new float[] {1, 1, 1}, new float[] {5, 5, 5});
        Schedule schedule = new Schedule.PiecewiseConstantDecay(List.of(0L, 1L), List.of(0.25, 0.5, 0.25));
        Training training = trainer()
                .optimizer(Optimizer.sgd().learningRate(schedule))
                .callbacks(afterBatch(1, context -> context.scaleLearningRate(0.5)))
                .fit(data);
        assertEquals(5 - 0.75, weight(training.model()));
        Trainer wrong = trainer().callbacks(afterBatch(1, context -> context.scaleLearningRate(0)));
        assertEquals(
                "Training: a learning rate is scaled by a positive factor, got 0.0",
                assertThrows(TrainingException.class, () -> wrong.fit(data)).getMessage());
    }

    /** The second step starts from 3 again: {@code w} is 1, 3, put to 1, 3, 4. */
    @Test
    void parametersAreReplaced() {
        Dataset data = points(new float[] {1, 1, 1}, new float[] {5, 5, 5});
        Parameters other = LINE.parameters();
        Training training = trainer()
                .callbacks(afterBatch(1, context -> {
                    context.replaceParameters(other);
                    assertEquals(1, weight(context.model()));
                }))
                .fit(data);
        assertEquals(4, weight(training.model()));
        Parameters wrong = Parameters.of(Map.of("other", Tensor.scalar(1f)));
        Trainer failing = trainer().callbacks(afterBatch(1, context -> context.replaceParameters(wrong)));
        assertThrows(IllegalArgumentException.class, () -> failing.fit(data));
    }

    /** The second batch overflows; the state of the first is in the checkpoint. */
    @Test
    void terminateOnNaNStopsQuietlyWithTheLastKeptState() {
        Path file = folder.resolve("training.ckpt");
        Dataset data = points(new float[] {1, 1e30f, 1}, new float[] {5, 5, 5});
        Trainer quiet = trainer().callbacks(new TerminateOnNaN());
        Training training = quiet.fit(data);
        assertEquals(Optional.of("TerminateOnNaN: the loss became Infinity at batch 2 of epoch 1"), training.stopped());
        assertEquals(1, weight(training.model()), "as at the beginning of the epoch");
        Training kept = quiet.checkpoint(file, 1).fit(data);
        assertEquals(3, weight(kept.model()), "as in the checkpoint");
        assertEquals(1, kept.steps());
        assertEquals(1, Checkpoint.read(file).position().batch());
        assertTrue(assertThrows(TrainingException.class, () -> trainer().fit(data))
                .getMessage()
                .contains("the loss became Infinity at batch 2 of epoch 1"));
    }

    /** Batches are repeated from the state that callbacks left, with the rate that they left. */
    @Test
    void divergenceIsFoundAgainBehindWhatCallbacksChanged() {
        Dataset data = points(new float[] {1, 1, 1, 1}, new float[] {5, 5, 5, 5});
        Trainer trainer = trainer().callbacks(afterBatch(1, context -> context.scaleLearningRate(1e30)));
        String message =
                assertThrows(TrainingException.class, () -> trainer.fit(data)).getMessage();
        assertTrue(
                message.contains("at batch 3 of epoch 1; the first value that is not finite comes out of the loss"),
                message);
        assertTrue(message.contains("it was 2.5E29"), message);
    }

    @Test
    void aTrainingKnowsWhereItWasMade() {
        Training training = trainer().epochs(2).seed(7).fit(points(new float[] {1}, new float[] {5}));
        assertEquals("cpu", training.backend());
        assertEquals(7, training.seed());
        assertEquals(Optional.empty(), training.stopped());
        assertEquals(2, training.secondsPerEpoch().size());
        assertTrue(training.secondsPerEpoch().stream().allMatch(seconds -> seconds > 0));
    }

    @Test
    void everySettingThatDecidesBitsIsInTheFingerprint() {
        Path file = folder.resolve("training.ckpt");
        Dataset data = points(new float[] {1, 1}, new float[] {5, 5});
        Trainer first = trainer().checkpoint(file, 0).resume(true);
        first.fit(data);
        Optimizer sgd = Optimizer.sgd().learningRate(0.25);
        Map<String, Trainer> others = Map.of(
                "learning rate Constant[value=0.25], now Constant[value=0.5]",
                first.optimizer(sgd.learningRate(0.5)),
                "weight decay 0.0, now 0.1",
                first.optimizer(sgd.weightDecay(0.1)),
                "gradient transforms [], now [ClipValue[limit=1.0]]",
                first.optimizer(sgd.transform(new GradientTransform.ClipValue(1))),
                "class weights {}, now {1=2.0}",
                first.classWeights(Map.of(1, 2.0)),
                "seed 0, now 1",
                first.seed(1),
                "shuffle false, now true",
                first.shuffle(true),
                "loss mean_squared_error, now mean_absolute_error",
                first.loss(Losses.MEAN_ABSOLUTE_ERROR),
                "validation samples none, now 2",
                first.validation(data));
        others.forEach((difference, trainer) -> assertEquals(
                "Training: the checkpoint is of another training: " + difference
                        + ". Remedy: resume with the same settings, or remove the file",
                assertThrows(TrainingException.class, () -> trainer.fit(data)).getMessage()));
        assertTrue(Files.exists(file));
    }
}
