package dev.convoy.examples;

import static dev.convoy.layers.Activations.SOFTMAX;
import static dev.convoy.training.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.data.Npy;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The MobileNet of a real Teachable Machine export, a Sequential of Sequentials, under a new head. */
class TransferLearningTest {

    private static Path folder() {
        return TestData.folder("keras");
    }

    private static Tensor pictures() throws Exception {
        return Npy.read(folder().resolve("teachable_machine_input.npy"));
    }

    private static Model trained() {
        return Models.load(folder().resolve("tm-cats-dogs").resolve("keras_model.h5"));
    }

    @Test
    void theBodyKeepsItsBitsUnderANewHeadThatLearns() throws Exception {
        Model trained = trained();
        Model body = trained.upTo(trained.layers().getFirst().name());
        assertEquals(
                Shape.of(1280), body.outputs().firstEntry().getValue().shape().slice(1, 2));
        assertEquals(trained.preprocessing(), body.preprocessing());
        Model model = Sequential.of(body, Dense.of(3).activation(SOFTMAX)).frozen(Set.of(body.name()));
        assertEquals(trained.preprocessing(), model.preprocessing());
        assertEquals(1280 * 3 + 3, model.summary().trainable());

        Dataset data = Dataset.of(pictures(), Tensor.of(new int[] {0, 1, 2, 0, 1, 2}, 6));
        Training training = Trainer.of(model)
                .loss(SPARSE_CATEGORICAL_CROSSENTROPY)
                .epochs(4)
                .batchSize(3)
                .on("cpu")
                .fit(data);
        List<Double> losses = training.history().values("loss");
        assertTrue(losses.getLast() < losses.getFirst(), losses::toString);
        for (String name : model.parameters().names()) {
            Tensor before = model.parameters().get(name);
            Tensor after = training.model().parameters().get(name);
            if (name.startsWith(body.name() + "/")) {
                assertEquals(before, after, name);
            } else {
                assertNotEquals(before, after, name);
            }
        }
        try (Predictor alone = body.predictor().on("cpu");
                Predictor inside =
                        training.model().upTo(body.name()).predictor().on("cpu")) {
            assertEquals(alone.predict(pictures()), inside.predict(pictures()));
        }
    }

    /** The same cut once more inside gives what the export itself computes there: its pooled features. */
    @Test
    void aLayerInsideANestedModelIsFoundByItsPath() throws Exception {
        Model trained = trained();
        String first = trained.layers().getFirst().name();
        Model outer = trained.upTo(first);
        Model inner = (Model) trained.layers().getFirst().layer();
        String mobilenet = inner.layers().getFirst().name();
        Model features = trained.upTo(first + "/" + mobilenet);
        assertEquals(
                Shape.of(7, 7, 1280),
                features.outputs().firstEntry().getValue().shape().slice(1, 4));
        Model pooled = Sequential.of(features, inner.layers().getLast().layer(), Flatten.of());
        try (Predictor whole = outer.predictor().on("cpu");
                Predictor cut = pooled.predictor().on("cpu")) {
            assertEquals(whole.predict(pictures()), cut.predict(pictures()));
        }
    }
}
