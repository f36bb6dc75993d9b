package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.convoy.data.Npy;
import dev.convoy.models.ExportException;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real models, imported and written again: ONNX Runtime gives for the new file what it gave for the old one. */
class ModelRoundTripTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cifar10-pytorch04",
                "espcn-subpixel",
                "fastestdet",
                "mnist-cntk",
                "mnist-keras2onnx",
                "mnist-pytorch20-bn",
                "mnist-pytorch20-dynbatch",
                "residual-block-opset19",
                "squeezenet-fp16",
                "super-resolution-10",
                "traffic-tf2onnx",
                "ultraface-rfb-320",
                "yunet-n-320"
            })
    void givesTheSameInOnnxRuntime(String name) throws Exception {
        Path data = TestFolder.of("onnx/models").resolve(name);
        if (!Files.isDirectory(data)) {
            System.out.println("Skipped: there is no " + data + "; set CONVOY_TEST_DATA");
        }
        Assumptions.assumeTrue(Files.isDirectory(data), "there is no " + data + "; set CONVOY_TEST_DATA");
        Path original = data.resolve("model.onnx");
        Model model = Models.load(original);
        Path written = folder.resolve("written.onnx");
        model.save(written);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (String input : model.inputs().keySet()) {
            inputs.put(input, Npy.read(data.resolve("input_" + inputs.size() + ".npy")));
        }
        Map<String, float[]> expected = run(original, inputs);
        Map<String, float[]> actual = run(written, inputs);
        assertEquals(expected.keySet(), actual.keySet());
        boolean isHalf = inputs.values().stream().anyMatch(t -> t.type() == DataType.FLOAT16);
        expected.forEach((output, values) -> assertClose(name + " " + output, values, actual.get(output), isHalf));
    }

    /** Differences are measured against the largest value; halves have 11 bits, of which the last few may differ. */
    private static void assertClose(String what, float[] expected, float[] actual, boolean isHalf) {
        assertEquals(expected.length, actual.length, what);
        assertTrue(expected.length > 0, what);
        double largest = 1e-6;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
        }
        System.out.printf("%s: %.2e of %.2e%n", what, difference, largest);
        assertTrue(difference <= (isHalf ? 2e-3 : 1e-4) * largest, what + " differs by " + difference);
    }

    private static Map<String, float[]> run(Path file, Map<String, Tensor> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        Map<String, float[]> results = new LinkedHashMap<>();
        try (OrtSession session = environment.createSession(file.toString())) {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(input.getKey(), tensor(environment, input.getValue()));
            }
            try (OrtSession.Result outputs = session.run(given)) {
                for (Map.Entry<String, OnnxValue> output : outputs) {
                    FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
                    float[] array = new float[values.remaining()];
                    values.get(array);
                    results.put(output.getKey(), array);
                }
            }
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
        return results;
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Tensor tensor) throws OrtException {
        long[] shape = Arrays.stream(tensor.shape().sizes()).asLongStream().toArray();
        return tensor.type() == DataType.FLOAT16
                ? OnnxTensor.createTensor(
                        environment, ShortBuffer.wrap((short[]) tensor.array()), shape, OnnxJavaType.FLOAT16)
                : OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.floats()), shape);
    }

    @Test
    void kerasFilesDoNotHoldNodes() throws IOException {
        Path file = Files.write(
                folder.resolve("lenet.onnx"), TorchLeNet.withWeights(1).model().toByteArray());
        Model model = Models.load(file);
        ExportException refusal = assertThrows(ExportException.class, () -> model.save(folder.resolve("lenet.keras")));
        String text = refusal.getMessage();
        assertTrue(text.contains("layer 'conv1/Conv' (Conv)") && text.contains("layer 'fc3/Gemm' (Gemm)"), text);
        assertTrue(text.contains("ONNX"), text);
        assertTrue(Files.notExists(folder.resolve("lenet.keras")));
    }
}
