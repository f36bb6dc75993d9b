package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.convoy.data.Dataset;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Input;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Losses;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A body from another model under a new head. The numbers are what Keras 3.15 on TensorFlow 2.21 gives for two steps of
 * SGD with the whole body {@code trainable = False}, and with all of it trainable.
 */
class TransferLearningTest {

    private static final Dataset DATA = Dataset.of(
            Tensor.of(new float[] {1, 2, 3, -1, 0, 2, -2, 1}, 4, 2), Tensor.of(new float[] {1, 0, 2, -1}, 4, 1));

    private static Tensor vector(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, floats.length);
    }

    private static Model body() {
        Model model = Sequential.of(
                "body",
                Input.of(2),
                List.of(Dense.of(2).named("dense"), BatchNormalization.of().named("bn")));
        return model.withParameters(Parameters.of(Map.of(
                "dense/kernel", Tensor.of(new float[] {1, 0.5f, -0.5f, 2}, 2, 2),
                "dense/bias", vector(0.25, -0.5),
                "bn/gamma", vector(1.5, 0.5),
                "bn/beta", vector(0.1, -0.2),
                "bn/moving_mean", vector(0.5, 1),
                "bn/moving_variance", vector(2, 3))));
    }

    private static Model model() {
        Model model = Sequential.of(body(), Dense.of(1).named("head"));
        return model.withParameters(model.parameters()
                .with(Map.of(
                        "head/kernel", Tensor.of(new float[] {0.5f, -1}, 2, 1),
                        "head/bias", vector(0.25))));
    }

    private static Training train(Model model) {
        return Trainer.of(model)
                .loss(Losses.MEAN_SQUARED_ERROR)
                .optimizer(Optimizer.sgd().learningRate(0.1))
                .batchSize(4)
                .epochs(2)
                .shuffle(false)
                .on("cpu")
                .fit(DATA);
    }

    private static void assertClose(Training training, String name, double... expected) {
        float[] actual = training.model().parameters().get(name).floats();
        double[] doubles = new double[actual.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = actual[i];
        }
        assertArrayEquals(expected, doubles, 2e-6, name);
    }

    @Test
    void theHeadTrainsAsInKerasAndTheBodyKeepsItsBits() {
        Model model = model().frozen(Set.of("body"));
        Training training = train(model);
        List<Double> losses = training.history().values("loss");
        assertEquals(4.61037015914917, losses.getFirst(), 1e-5);
        assertEquals(2.2854490280151367, losses.getLast(), 1e-5);
        assertClose(training, "head/kernel", -0.059938654, -0.62660307);
        assertClose(training, "head/bias", 0.35309178);
        Parameters body = body().parameters();
        for (String name : body.names()) {
            assertEquals(body.get(name), training.model().parameters().get("body/" + name), name);
        }
    }

    @Test
    void theBodyIsFineTunedAsInKeras() {
        Training training = train(model().frozen(Set.of("body")).frozen(Set.of()));
        List<Double> losses = training.history().values("loss");
        assertEquals(3.1573119163513184, losses.getFirst(), 1e-5);
        assertEquals(1.580452561378479, losses.getLast(), 1e-5);
        assertClose(training, "body/dense/kernel", 1.0505631, 0.51102513, -0.39367634, 1.9972562);
        assertClose(training, "body/dense/bias", 0.25, -0.5);
        assertClose(training, "body/bn/gamma", 1.3956743, -0.021229282);
        assertClose(training, "body/bn/beta", 0.10274599, -0.21017376);
        assertClose(training, "body/bn/moving_mean", 0.49601793, 1.0149633);
        assertClose(training, "body/bn/moving_variance", 2.057178, 3.025676);
        assertClose(training, "head/kernel", 0.14731243, -0.79793847);
        assertClose(training, "head/bias", 0.26222771);
    }

    /** The normalisation alone is frozen, inside the layer: it takes its moving statistics while the rest learns. */
    @Test
    void aLayerOfANestedModelIsFrozenByItsPath() {
        Model model = model().frozen(Set.of("body/bn"));
        Training training = train(model);
        assertEquals(4.61037015914917, training.history().values("loss").getFirst(), 1e-5);
        for (String name : model.parameters().names()) {
            Tensor before = model.parameters().get(name);
            Tensor after = training.model().parameters().get(name);
            if (name.startsWith("body/bn/")) {
                assertEquals(before, after, name);
            } else {
                assertNotEquals(before, after, name);
            }
        }
    }

    @Test
    void aBodyGivesTheSameBitsInsideAndCutOutAgain() {
        Model body = body();
        Model cut = model().upTo("body");
        Tensor x = Tensor.of(new float[] {0.3f, -1.7f, 12, 0.01f}, 2, 2);
        try (Predictor alone = body.predictor().on("cpu");
                Predictor inside = cut.predictor().on("cpu")) {
            assertEquals(alone.predict(x), inside.predict(x));
        }
    }
}
