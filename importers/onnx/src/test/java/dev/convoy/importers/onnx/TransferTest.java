package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.TorchLeNet.ints;
import static dev.convoy.tensor.DataType.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.models.RandomInputs;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Losses;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An imported network is cut, frozen and trained. The numbers are what PyTorch 2.13 gives for two steps of SGD with the rate
 * 0.1 and {@code mse_loss}: with the body frozen and its normalisation in {@code eval()}, and with all of it trained.
 */
class TransferTest {

    private static final Dataset DATA = Dataset.of(pattern(11, 37, 4, 2, 4, 4), pattern(3, 5, 4, 2));

    @TempDir
    private Path folder;

    /** {@code (i · step mod modulus) / modulus - 0.5}. */
    private static Tensor pattern(int step, int modulus, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (i * step % modulus / (double) modulus - 0.5);
        }
        return Tensor.of(values, shape);
    }

    private static Tensor vector(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, floats.length);
    }

    private Model network() throws IOException {
        return Models.load(OnnxFile.opset(17)
                .input("x", FLOAT32, "N", 2, 4, 4)
                .initializer("conv.weight", pattern(7, 23, 3, 2, 3, 3))
                .initializer("conv.bias", vector(-0.5, 5 / 7.0 - 0.5, 3 / 7.0 - 0.5))
                .initializer("bn.weight", vector(1, 0.5, 1.5))
                .initializer("bn.bias", vector(0.1, -0.2, 0.3))
                .initializer("bn.running_mean", vector(0.05, -0.1, 0.2))
                .initializer("bn.running_var", vector(0.5, 1, 2))
                .initializer("fc.weight", pattern(5, 29, 2, 12))
                .initializer("fc.bias", vector(0.25, -0.25))
                .add("Conv", "/body/conv/Conv", "x conv.weight conv.bias -> a", ints("pads", 1, 1, 1, 1))
                .add("BatchNormalization", "/body/bn", "a bn.weight bn.bias bn.running_mean bn.running_var -> b")
                .add("Relu", "/body/Relu", "b -> c")
                .add("MaxPool", "/body/MaxPool", "c -> d", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .add("Flatten", "/Flatten", "d -> e")
                .add("Gemm", "/fc/Gemm", "e fc.weight fc.bias -> y", OnnxFile.attribute("transB", 1))
                .output("y")
                .write(folder));
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

    private static void assertBegins(Training training, String name, double... expected) {
        float[] actual = training.model().parameters().get(name).floats();
        double[] doubles = new double[expected.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = actual[i];
        }
        assertArrayEquals(expected, doubles, 3e-6, name);
    }

    private static void assertLosses(Training training, double... expected) {
        List<Double> losses = training.history().values("loss");
        assertArrayEquals(
                expected, losses.stream().mapToDouble(Double::doubleValue).toArray(), 2e-6);
    }

    private static void assertKept(Model before, Model after, String prefix) {
        for (String name : before.parameters().names()) {
            Tensor old = before.parameters().get(name);
            if (name.startsWith(prefix)) {
                assertEquals(old, after.parameters().get(name), name);
            } else {
                assertNotEquals(old, after.parameters().get(name), name);
            }
        }
    }

    @Test
    void theHeadTrainsAsInPyTorchAndTheBodyKeepsItsBits() throws IOException {
        Model model = network().frozen(Set.of("body"));
        Training training = train(model);
        assertLosses(training, 0.1519753485918045, 0.12807416915893555);
        assertBegins(training, "fc/Gemm/B", -0.51987016, -0.3275862, -0.15517241, 0.013621026, 0.18859079, 0.35646167);
        assertBegins(training, "fc/Gemm/C", 0.18957645, -0.23555262);
        assertKept(model, training.model(), "body/");
    }

    /** ONNX moves the variance by that of the batch itself, PyTorch by 64/63 of it, for a batch of 64 numbers. */
    @Test
    void allOfItIsFineTunedAsInPyTorch() throws IOException {
        Training training = train(network());
        assertLosses(training, 0.42103222012519836, 1.4272761344909668);
        assertBegins(
                training,
                "body/conv/Conv/W",
                -0.47871128,
                -0.20784083,
                0.14192536,
                0.40412295,
                -0.31043842,
                0.016118539);
        assertBegins(training, "body/bn/scale", 1.0758009, 0.55925709, 1.2957311);
        assertBegins(training, "body/bn/B", 0.17147574, -0.19466321, 0.12668477);
        assertBegins(
                training, "fc/Gemm/B", -0.60244346, -0.37698895, -0.16215986, -0.059132691, 0.18325396, 0.33847281);
        assertBegins(training, "fc/Gemm/C", 0.1685129, -0.30277091);
        assertBegins(training, "body/bn/input_mean", -0.047907498, -0.046003424, 0.15135014);
        double[] torch = {0.42993793, 0.82430083, 1.6457392};
        double[] initial = {0.5, 1, 2};
        double[] expected = new double[3];
        for (int i = 0; i < 3; i++) {
            double kept = 0.81 * initial[i];
            expected[i] = kept + (torch[i] - kept) * 63 / 64;
        }
        assertBegins(training, "body/bn/input_var", expected);
    }

    @Test
    void aBodyThatIsCutOffTakesANewHeadAndIsWrittenAgain() throws IOException {
        Model body = network().upTo("body/MaxPool");
        Model model = Sequential.of(body, Flatten.of(), Dense.of(2).named("head"))
                .initialized(3)
                .frozen(Set.of(body.name()));
        for (String name : body.parameters().names()) {
            assertEquals(body.parameters().get(name), model.parameters().get(body.name() + "/" + name), name);
        }
        Training training = train(model);
        assertKept(model, training.model(), body.name() + "/");
        Path file = folder.resolve("trained.onnx");
        training.model().save(file);
        Tensor x = RandomInputs.of(model, 3, 1).firstEntry().getValue();
        try (Predictor trained = training.model().predictor().on("cpu");
                Predictor again = Models.load(file).predictor().on("cpu")) {
            assertArrayEquals(trained.predict(x).floats(), again.predict(x).floats(), 1e-6f);
        }
    }

    @Test
    void aNormalisationAloneIsFrozenByItsPath() throws IOException {
        Model model = network().frozen(Set.of("body/bn"));
        Training training = train(model);
        assertEquals(0.1519753485918045, training.history().values("loss").getFirst(), 2e-6);
        assertKept(model, training.model(), "body/bn/");
        assertTrue(training.model().frozen().contains("body/bn"));
    }
}
