package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.convoy.data.Dataset;
import dev.convoy.data.Mnist;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Evaluator;
import dev.convoy.training.Metrics;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LeNet as PyTorch writes it, trained on MNIST here, written again, and run by ONNX Runtime. */
class LeNetTest {

    @TempDir
    private Path folder;

    /** The last quarter of MNIST's test set is kept for testing, the rest is trained on: {@code [n, 1, 28, 28]}. */
    private static Dataset digits(int from, int to) throws IOException {
        Path data = TestFolder.of("mnist");
        boolean there = Files.isDirectory(data);
        if (!there) {
            System.out.println("Skipped: there is no " + data + "; set CONVOY_TEST_DATA");
        }
        Assumptions.assumeTrue(there, "there is no " + data + "; set CONVOY_TEST_DATA");
        return Mnist.test(data)
                .subset(from, to)
                .mapInputs(x -> x.reshape(x.shape().size(0), 1, 28, 28));
    }

    private static double accuracy(Model model, Dataset data) {
        return Evaluator.of(model)
                .loss(new Crossentropy.Sparse(true))
                .metrics(Metrics.ACCURACY)
                .on("cpu")
                .evaluate(data)
                .values()
                .get("accuracy");
    }

    @Test
    void trainsAndIsWrittenAgain() throws Exception {
        Dataset train = digits(0, 7500);
        Dataset test = digits(7500, 10_000);
        Path imported = Files.write(
                folder.resolve("lenet.onnx"), TorchLeNet.withWeights(1).model().toByteArray());
        Model before = Models.load(imported);
        assertEquals(
                TorchLeNet.PARAMETERS,
                before.parameterSpecs().stream()
                        .mapToLong(p -> p.spec().shape().elements())
                        .sum());
        Model after = Trainer.of(before)
                .loss(new Crossentropy.Sparse(true))
                .optimizer(Optimizer.adam())
                .batchSize(32)
                .epochs(1)
                .seed(7)
                .on("cpu")
                .fit(train)
                .model();
        double untrained = accuracy(before, test);
        double trained = accuracy(after, test);
        System.out.println("LeNet: accuracy " + untrained + " before, " + trained + " after one epoch");
        assertTrue(untrained < 0.3, "untrained " + untrained);
        assertTrue(trained > 0.9, "trained " + trained);
        Path written = folder.resolve("trained.onnx");
        after.save(written);
        Tensor pictures = test.batch(IntStream.range(0, 100).toArray()).inputs();
        float[] expected = predictions(after, pictures);
        assertArrayEquals(expected, predictions(Models.load(written), pictures), 1e-5f);
        assertArrayEquals(expected, onnxRuntime(written, pictures), 1e-4f);
    }

    private static float[] predictions(Model model, Tensor pictures) {
        try (Predictor predictor = model.predictor().on("cpu")) {
            return predictor.predict(pictures).floats();
        }
    }

    private static float[] onnxRuntime(Path file, Tensor pictures) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {pictures.shape().size(0), 1, 28, 28};
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pictures.floats()), shape);
                OrtSession.Result result =
                        session.run(Map.of(List.copyOf(session.getInputNames()).getFirst(), input))) {
            float[] actual = new float[100 * 10];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(actual);
            return actual;
        }
    }
}
