package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.layers.Activations;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Permute;
import dev.convoy.layers.Reshape;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Networks that take pictures as PyTorch's do, {@code [n, c, h, w]}, in ONNX files, and give logits. */
class ChannelsFirstTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path out;

    @BeforeEach
    void out() {
        out = folder.resolve("run");
    }

    private Path onnx(Input input, Layer... layers) throws IOException {
        Path file = folder.resolve("given.onnx");
        Models.save(Sequential.of("digits", input, List.of(layers)).initialized(1), file);
        return file;
    }

    private static Layer[] digits() {
        return new Layer[] {Flatten.of(), Dense.of(16).activation(Activations.RELU), Dense.of(10)};
    }

    private static Input fixed(int... sizes) {
        return new Input(null, new TensorSpec(DataType.FLOAT32, Shape.of(sizes)));
    }

    private JsonNode json(String text) {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void trainingGoesOnAndKeepsInputsAndOutputs() throws IOException {
        Path data = TinyPictures.mnist(folder.resolve("mnist"), 300, 60);
        Path file = onnx(Input.of(1, 28, 28), digits());
        Cli.Result result = Cli.run(
                "train",
                "mnist",
                "--data",
                data,
                "--model",
                file,
                "--epochs",
                "3",
                "--batch",
                "20",
                "--augment",
                "shift",
                "--lr",
                "0.003",
                "--out",
                out,
                "--backend",
                "cpu");
        assertEquals(0, result.status(), result.err());
        assertTrue(
                result.out()
                        .contains("predict " + out.resolve("model.onnx") + " PICTURE --labels "
                                + out.resolve("labels.txt") + " --preprocess unit"),
                result.out());
        assertFalse(Files.exists(out.resolve("model.keras")));
        assertEquals(
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                Files.readAllLines(out.resolve("labels.txt")));

        Model given = Models.load(file);
        Model trained = Models.load(out.resolve("model.onnx"));
        assertEquals(given.inputs(), trained.inputs());
        assertEquals(
                List.copyOf(given.outputs().values()),
                List.copyOf(trained.outputs().values()));
        double accuracy = json(Files.readString(out.resolve("metrics.json")))
                .path("test_accuracy")
                .doubleValue();
        assertTrue(accuracy > 0.9, "accuracy " + accuracy);
        Cli.Result evaluated =
                Cli.run("evaluate", out.resolve("model.onnx"), "--data", data, "--json", "--backend", "cpu");
        assertEquals(0, evaluated.status(), evaluated.err());
        assertEquals(
                accuracy,
                json(evaluated.out()).path("test_accuracy").doubleValue(),
                1e-9,
                "of the model that was written");
    }

    @Test
    void aFixedBatchIsKeptInEvaluationAndRefusedInTraining() throws IOException {
        Path data = TinyPictures.mnist(folder.resolve("mnist"), 20, 10);
        Path file = onnx(fixed(1, 1, 28, 28), digits());
        Cli.Result evaluated = Cli.run("evaluate", file, "--data", data, "--backend", "cpu");
        assertEquals(0, evaluated.status(), evaluated.err());
        assertTrue(evaluated.out().contains("(10 pictures in"), evaluated.out());
        Cli.Result trained = Cli.run("train", "mnist", "--data", data, "--model", file, "--out", out);
        assertEquals(2, trained.status());
        assertTrue(
                trained.err()
                        .contains("takes batches of 1 alone, for its file fixes the first axis; the training has"
                                + " batches of 128. Remedy: "),
                trained.err());
        assertFalse(Files.exists(out));
    }

    /** Logits 4m - 2 and 2 - 4m for a mean red m, with two axes behind the classes, as SqueezeNet gives them. */
    @Test
    void logitsArePrintedAsProbabilities() throws IOException {
        Model model = Sequential.of(
                "red",
                Input.of(3, 2, 2),
                List.of(Permute.of(2, 3, 1), GlobalAveragePooling2D.of(), Dense.of(2), Reshape.of(2, 1, 1)));
        Path file = folder.resolve("red.onnx");
        Models.save(
                model.withParameters(Parameters.of(Map.of(
                        "dense/kernel", Tensor.of(new float[] {4, -4, 0, 0, 0, 0}, 3, 2),
                        "dense/bias", Tensor.of(new float[] {-2, 2}, 2)))),
                file);
        try (Predictor predictor = Models.load(file).predictor().on("cpu")) {
            float[] logits = predictor
                    .predict(Tensor.of(new float[] {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 1, 3, 2, 2))
                    .floats();
            assertArrayEquals(new float[] {2, -2}, logits, 1e-6f);
        }
        Path white = Cli.picture(folder, "white.png", 255);
        // 1 / (1 + exp(-4))
        assertEquals(
                new Cli.Result(0, white + "\n   98.20 %  0\n    1.80 %  1\n", ""),
                Cli.run("predict", file, white, "--preprocess", "unit", "--backend", "cpu"));
    }
}
