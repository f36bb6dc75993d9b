package dev.convoy.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.CompileConfig;
import dev.convoy.models.CompileConfig.Part;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and keys are those of {@code get_config} of Keras 3.15. */
class CompileConfigsTest {

    @Test
    void namesOptimizersLossesAndMetricsAsKerasDoes() {
        Optimizer optimizer = Optimizer.adamW()
                .learningRate(new Schedule.ExponentialDecay(0.1, 10, 0.9, true))
                .transform(new GradientTransform.GlobalClipNorm(2))
                .accumulate(4);

        CompileConfig config = CompileConfigs.of(
                optimizer, Losses.huber(2), Metrics.ACCURACY, Metrics.ROOT_MEAN_SQUARED_ERROR, BinaryMetrics.AUC);

        assertEquals("AdamW", config.optimizer().className());
        Part schedule = Part.of("ExponentialDecay")
                .with("initial_learning_rate", 0.1)
                .with("decay_steps", 10L)
                .with("decay_rate", 0.9)
                .with("staircase", true);
        assertEquals(
                Map.of(
                        "beta_1", 0.9,
                        "beta_2", 0.999,
                        "epsilon", 1e-7,
                        "amsgrad", false,
                        "learning_rate", schedule,
                        "global_clipnorm", 2.0,
                        "weight_decay", 0.004,
                        "gradient_accumulation_steps", 4),
                config.optimizer().settings());
        assertEquals(Part.of("Huber").with("delta", 2.0), config.loss());
        assertEquals(List.of(Part.of("accuracy"), Part.of("RootMeanSquaredError")), config.metrics());
    }

    @Test
    void lossesWithoutSettingsAreFunctions() {
        assertEquals(
                Part.of("sparse_categorical_crossentropy"),
                CompileConfigs.of(Optimizer.sgd(), Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                        .loss());
        assertEquals(
                Part.of("CategoricalCrossentropy").with("from_logits", true).with("label_smoothing", 0.1),
                CompileConfigs.of(Optimizer.sgd(), new Crossentropy.Categorical(true, 0.1))
                        .loss());
        assertEquals(
                Part.of("log_cosh"),
                CompileConfigs.of(Optimizer.sgd(), Losses.LOG_COSH).loss());
    }

    @Test
    void refusesWhatKerasHasNot() {
        Optimizer own = Optimizer.sgd().learningRate(step -> 0.1 / (step + 1));

        String message = assertThrows(
                        IllegalArgumentException.class, () -> CompileConfigs.of(own, Losses.MEAN_SQUARED_ERROR))
                .getMessage();

        assertTrue(message.startsWith("Keras has no learning rate schedule like"), message);
    }
}
