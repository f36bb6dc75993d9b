package dev.convoy.importers.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.models.ExportException;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Predictor;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Single layers with outputs that Keras 2.0 to 2.3 computed, each written as a model file and imported. */
class LayerCasesTest {

    private static final Set<String> RECURRENT = Set.of("GRU", "LSTM", "SimpleRNN");
    private static final double TOLERANCE = 2e-5;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachLayerComputesWhatKerasRecorded(@TempDir Path dir) throws Exception {
        Path cases = TestData.folder("keras").resolve("layer_cases.jsonl");
        List<String> wrong = new ArrayList<>();
        int agreeing = 0;
        for (String line : Files.readAllLines(cases)) {
            JsonNode entry = JSON.readTree(line);
            if (RECURRENT.contains(entry.get("layer").get("class_name").asString())) {
                continue;
            }
            String difference = run(entry, dir.resolve("layer.h5"));
            if (difference.isEmpty()) {
                agreeing++;
            } else {
                wrong.add(entry.get("id").asString() + ": " + difference);
            }
        }
        System.out.println(agreeing + " recorded layers agree");
        assertEquals(List.of(), wrong);
    }

    private static String run(JsonNode entry, Path file) throws Exception {
        Files.write(file, model(entry));
        Model model;
        try {
            model = new KerasImporter().load(ModelSource.of(file), ImportOptions.defaults());
        } catch (ImportException e) {
            return e.report().toString();
        }
        Tensor input = tensor(entry.get("input"));
        if (model.inputs().firstEntry().getValue().type() == DataType.INT32) {
            int[] values = new int[input.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (int) input.get(i);
            }
            input = Tensor.wrap(input.spec().withType(DataType.INT32), values);
        }
        String refused = roundTrip(model, file.resolveSibling("layer.keras"));
        if (!refused.isEmpty()) {
            return refused;
        }
        try (Predictor predictor = model.predictor()) {
            Tensor output = predictor.predict(input);
            Tensor expected = tensor(entry.get("expected"));
            if (!output.spec().equals(expected.spec())) {
                return output.spec() + " instead of " + expected.spec();
            }
            double worst = 0;
            for (int i = 0; i < expected.size(); i++) {
                double difference = Math.abs(output.get(i) - expected.get(i));
                worst = Math.max(worst, difference - TOLERANCE - TOLERANCE * Math.abs(expected.get(i)));
            }
            return worst <= 0 ? "" : "differs by " + worst + " more than allowed";
        }
    }

    /** Keras 3 has no hard_sigmoid of Keras 1 and 2; all else is written and read again. */
    private static String roundTrip(Model model, Path file) {
        try {
            model.save(file);
        } catch (ExportException e) {
            return e.getMessage().contains("hard_sigmoid as Keras 1 and 2 compute it") ? "" : e.getMessage();
        }
        RoundTrip.assertSame(model, Loading.load(file));
        return "";
    }

    private static byte[] model(JsonNode entry) {
        ObjectNode layer = (ObjectNode) entry.get("layer");
        ObjectNode config = (ObjectNode) layer.get("config");
        ArrayNode shape = (ArrayNode) entry.get("input").get("shape");
        config.set("batch_input_shape", shape).put("name", "layer").put("dtype", "float32");
        String className = layer.get("class_name").asString();
        KerasFiles file = KerasFiles.model("2.0.8", KerasFiles.sequential(layer.toString()));
        int index = 0;
        for (JsonNode weight : entry.path("weights")) {
            Tensor values = tensor(weight);
            file.array("layer", className + "_" + index++, values.shape().sizes(), values.floats());
        }
        return file.bytes();
    }

    private static Tensor tensor(JsonNode node) {
        List<Integer> sizes = new ArrayList<>();
        node.get("shape").forEach(s -> sizes.add(s.asInt()));
        float[] values = new float[node.get("data").size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get("data").get(i).floatValue();
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, Shape.of(sizes)), values);
    }
}
