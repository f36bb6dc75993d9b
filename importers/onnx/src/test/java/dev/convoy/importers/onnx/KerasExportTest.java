package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.convoy.data.Npy;
import dev.convoy.models.ExportOptions;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import dev.convoy.onnx.format.RawData;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Real Keras models, exported and run by ONNX Runtime directly: what Keras computed. */
class KerasExportTest {

    @TempDir
    private Path folder;

    private record Line(String id, boolean agrees, String result) {
        @Override
        public String toString() {
            return "%-34s %s".formatted(id, result);
        }
    }

    @Test
    void onnxRuntimeComputesWhatKerasComputes() throws Exception {
        Path data = data();
        List<Line> lines = new ArrayList<>();
        for (JsonNode entry :
                new ObjectMapper().readTree(data.resolve("manifest.json").toFile())) {
            if (!entry.get("expect").asString().equals("import")) {
                continue;
            }
            Model model;
            try {
                model = Models.load(source(data, entry), ImportOptions.defaults());
            } catch (ImportException e) {
                continue;
            }
            lines.add(compare(data, entry, model));
        }
        lines.forEach(System.out::println);
        System.out.println(lines.stream().filter(Line::agrees).count() + " of " + lines.size() + " exports agree");
        assertEquals(List.of(), lines.stream().filter(l -> !l.agrees()).toList());
        assertTrue(lines.size() >= 40, "only " + lines.size() + " models were exported");
    }

    private Line compare(Path data, JsonNode entry, Model model) throws Exception {
        String id = entry.get("id").asString();
        Path own = data.resolve(id);
        Path file = folder.resolve(id + ".onnx");
        ExportOptions options = ExportOptions.defaults();
        int given = 0;
        for (Map.Entry<String, TensorSpec> input : model.inputs().entrySet()) {
            Tensor recorded = Npy.read(
                    own.resolve(entry.get("inputs").get(given++).get("file").asString()));
            Dim batch = input.getValue().shape().dim(0);
            options = options.withShape(input.getKey(), recorded.shape().with(0, batch));
        }
        Models.save(model, file, options);
        double atol = entry.get("tolerance").get("atol").asDouble();
        double rtol = entry.get("tolerance").get("rtol").asDouble();
        double worst = 0;
        boolean agrees = true;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try (OrtSession session = environment.createSession(file.toString())) {
            assertEquals(model.inputs().keySet(), session.getInputNames(), id);
            assertEquals(model.outputs().keySet(), session.getOutputNames(), id);
            for (String name : session.getInputNames()) {
                JsonNode input = entry.get("inputs").get(inputs.size());
                inputs.put(name, tensor(Npy.read(own.resolve(input.get("file").asString()))));
            }
            int index = 0;
            try (OrtSession.Result results = session.run(inputs)) {
                for (String output : model.outputs().keySet()) {
                    OnnxTensor result = (OnnxTensor) results.get(output).orElseThrow();
                    Tensor expected = Npy.read(own.resolve(
                            entry.get("outputs").get(index++).get("file").asString()));
                    assertEquals(
                            Arrays.toString(expected.shape().sizes()),
                            Arrays.toString(result.getInfo().getShape()),
                            id);
                    FloatBuffer actual = result.getFloatBuffer();
                    for (int i = 0; i < expected.size(); i++) {
                        double difference = Math.abs(actual.get(i) - expected.get(i));
                        worst = Math.max(worst, difference);
                        agrees &= difference <= atol + rtol * Math.abs(expected.get(i));
                    }
                }
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
        if (System.getProperty("onnx.keep") != null) {
            Files.copy(file, Path.of(System.getProperty("onnx.keep"), id + ".onnx"));
        }
        return new Line(id, agrees, "%s, max difference %.1e".formatted(agrees ? "ok" : "WRONG", worst));
    }

    private static OnnxTensor tensor(Tensor tensor) throws Exception {
        ByteBuffer data =
                ByteBuffer.allocateDirect((int) RawData.size(tensor.spec())).order(ByteOrder.nativeOrder());
        data.put(RawData.of(tensor)).flip();
        long[] shape = Arrays.stream(tensor.shape().sizes()).asLongStream().toArray();
        return switch (tensor.type()) {
            case FLOAT32 -> OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), data.asFloatBuffer(), shape);
            case INT32 -> OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), data.asIntBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), data.asLongBuffer(), shape);
            default -> throw new AssertionError("an input of " + tensor.type());
        };
    }

    private static ModelSource source(Path data, JsonNode entry) {
        Path own = data.resolve(entry.get("id").asString());
        JsonNode files = entry.get("files");
        return files.has("model")
                ? ModelSource.of(own.resolve(files.get("model").asString()))
                : new ModelSource(
                        own.resolve(files.get("architecture").asString()),
                        own.resolve(files.get("weights").asString()));
    }

    private static Path data() {
        String given = System.getenv("CONVOY_TEST_DATA");
        Path all = given != null
                ? Path.of(given)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        Path keras = all.resolve("keras").normalize();
        boolean there = Files.isDirectory(keras);
        if (!there) {
            System.out.println("Skipped: there is no " + keras + "; set CONVOY_TEST_DATA");
        }
        Assumptions.assumeTrue(there, "there is no " + keras + "; set CONVOY_TEST_DATA");
        return keras;
    }
}
