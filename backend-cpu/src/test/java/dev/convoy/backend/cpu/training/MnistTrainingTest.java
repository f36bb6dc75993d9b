package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Mnist;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.training.History;
import dev.convoy.training.Losses;
import dev.convoy.training.Metrics;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** LeNet-5 on MNIST. */
class MnistTrainingTest {

    @Tag("slow")
    @Test
    void lenetReachesItsAccuracyInThreeEpochs() throws IOException {
        Path folder = data("mnist");
        Model model = Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(6, 5).padding(Padding.SAME).activation(Activations.RELU),
                MaxPooling2D.of(2),
                Conv2D.of(16, 5).activation(Activations.RELU),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(120).activation(Activations.RELU),
                Dense.of(84).activation(Activations.RELU),
                Dense.of(10).activation(Activations.SOFTMAX));
        History history = Trainer.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .optimizer(Optimizer.adam())
                .metrics(Metrics.ACCURACY)
                .validation(Mnist.test(folder))
                .batchSize(128)
                .epochs(3)
                .on("cpu")
                .fit(Mnist.train(folder))
                .history();
        double accuracy = Objects.requireNonNull(history.last().values().get("val_accuracy"));
        assertTrue(accuracy >= 0.975, history::toString);
    }

    private static Path data(String name) {
        String given = System.getenv("CONVOY_TEST_DATA");
        Path root = given != null
                ? Path.of(given)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        Path folder = root.resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "skipped: the data set " + folder + " is not there (set CONVOY_TEST_DATA)");
        return folder;
    }
}
