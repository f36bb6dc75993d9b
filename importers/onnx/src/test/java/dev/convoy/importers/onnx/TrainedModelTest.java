package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.convoy.data.Image;
import dev.convoy.data.Preprocessing;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trained network that the examples ship, written as ONNX, on the pictures that lie beside it. */
class TrainedModelTest {

    private static final Path FOLDER = Path.of(System.getProperty("convoy.root", "../.."), "examples", "models");

    /** Logits of up to 30 are sums of some 3,000 products in another order: about ten units in their last place. */
    private static final float ROUNDING = 1e-5f;

    @TempDir
    private Path folder;

    private Tensor pictures;
    private Path onnx;
    private float[] expected;

    @BeforeEach
    void save() throws IOException {
        Model model = Models.load(FOLDER.resolve("fashion-mnist.keras"));
        List<Image> images = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("pictures"))) {
            for (Path file : files.sorted().toList()) {
                images.add(Image.read(file));
            }
        }
        pictures = Preprocessing.named("unit")
                .forInput(model.inputs().firstEntry().getValue())
                .apply(images);
        try (Predictor predictor = model.predictor().on("cpu")) {
            expected = predictor.predict(pictures).floats();
        }
        onnx = folder.resolve("fashion-mnist.onnx");
        model.save(onnx);
    }

    @Test
    void readAgainItGivesTheSameBitsOnTheCpu() {
        try (Predictor predictor = Models.load(onnx).predictor().on("cpu")) {
            assertArrayEquals(expected, predictor.predict(pictures).floats());
        }
    }

    @Test
    void onnxRuntimeGivesTheSameUpToRounding() throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {pictures.shape().size(0), 28, 28, 1};
        try (OrtSession session = environment.createSession(onnx.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pictures.floats()), shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            float[] actual = new float[expected.length];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(actual);
            assertArrayEquals(expected, actual, ROUNDING);
        }
    }
}
