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
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Losses;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import dev.convoy.training.TrainingException;
import org.junit.jupiter.api.Test;

/** A training whose loss is not finite stops and says where the first such value comes from. */
class DivergenceTest {

    private static final Weight HUGE = Weight.of(new Initializers.Constant(1e30));
    private static final Weight ONE = Weight.of(new Initializers.Constant(1));

    private static String message(Model model, double learningRate, Dataset data) {
        Trainer trainer = Trainer.of(model)
                .loss(Losses.MEAN_SQUARED_ERROR)
                .optimizer(Optimizer.sgd().learningRate(learningRate))
                .batchSize(2)
                .shuffle(false)
                .epochs(50)
                .on("cpu");
        return assertThrows(TrainingException.class, () -> trainer.fit(data)).getMessage();
    }

    private static Dense dense(Weight kernel) {
        return Dense.of(1).useBias(false).kernel(kernel);
    }

    private static Dataset points(float... x) {
        return Dataset.of(Tensor.of(x, x.length, 1), Tensor.of(new float[x.length], x.length, 1));
    }

    @Test
    void nanInTheInputs() {
        assertEquals(
                "Training: the loss became NaN at batch 2 of epoch 1; the first value that is not finite is in the"
                        + " batch's inputs. Remedy: a smaller learning rate (it was 0.01), clipped gradients, or inputs"
                        + " scaled to about 0 to 1",
                message(Sequential.of(Input.of(1), dense(ONE)), 0.01, points(1, 2, Float.NaN, 3)));
    }

    /** 1e30 · 1e30 does not fit float32; the first layer's 1e30 does. */
    @Test
    void theFirstLayerThatOverflowsIsNamed() {
        Model model = Sequential.of(
                Input.of(1),
                dense(HUGE).named("first"),
                dense(HUGE).named("second"),
                dense(ONE).named("third"));
        String message = message(model, 0.01, points(1, 1));
        assertTrue(message.contains("not finite comes out of layer 'second'."), message);
    }

    @Test
    void theLossItselfMayOverflow() {
        String message = message(Sequential.of(Input.of(1), dense(HUGE)), 0.01, points(1, 1));
        assertTrue(message.startsWith("Training: the loss became Infinity at batch 1 of epoch 1;"), message);
        assertTrue(message.contains("not finite comes out of the loss."), message);
    }

    /** {@code w' = w · (1 - 20 · 2)}: after some 24 steps w² no longer fits, after some 48 neither does w. */
    @Test
    void anExplodingLearningRate() {
        String message = message(Sequential.of(Input.of(1), dense(ONE)), 20, points(1, 1));
        assertTrue(
                message.contains("not finite comes out of the loss. Remedy: a smaller learning rate (it was 20.0)"),
                message);
    }

    /** The step of a batch with a tiny loss may leave parameters that are not finite: an absurd rate. */
    @Test
    void aParameterThatAStepSpoiled() {
        String message = message(Sequential.of(Input.of(1), dense(ONE)), 1e38, points(5, 5, 1, 1));
        assertTrue(
                message.contains(
                        "batch 2 of epoch 1; the first value that is not finite is in parameter 'dense/kernel',"
                                + " where the step before this batch left it."),
                message);
    }
}
