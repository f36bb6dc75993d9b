package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Npy;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small real models of several exporters: what ONNX Runtime computed for them. */
class OnnxModelsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mnist-cntk",
                "mnist-keras2onnx",
                "mnist-pytorch20-bn",
                "mnist-pytorch20-dynbatch",
                "cifar10-pytorch04"
            })
    void predictsWhatIsRecorded(String name) throws Exception {
        Path folder = OnnxTests.folder().resolve("models").resolve(name);
        if (!Files.isDirectory(folder)) {
            System.out.println("Skipped: there is no " + folder + "; set CONVOY_TEST_DATA");
        }
        Assumptions.assumeTrue(Files.isDirectory(folder), "there is no " + folder + "; set CONVOY_TEST_DATA");
        Model model = Models.load(folder.resolve("model.onnx"));
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (String input : model.inputs().keySet()) {
            inputs.put(input, Npy.read(folder.resolve("input_" + inputs.size() + ".npy")));
        }
        try (Predictor predictor = Predictor.of(model, "cpu", BackendOptions.defaults())) {
            List<Tensor> results = new ArrayList<>(predictor.predict(inputs).values());
            for (int i = 0; i < results.size(); i++) {
                Tensor expected = Npy.read(folder.resolve("output_" + i + ".npy"));
                assertEquals(expected.spec(), results.get(i).spec());
                assertTrue(expected.size() > 0);
                for (int element = 0; element < expected.size(); element++) {
                    assertEquals(
                            expected.get(element),
                            results.get(i).get(element),
                            1e-4 + 1e-4 * Math.abs(expected.get(element)),
                            name + " output " + i + " element " + element);
                }
            }
        }
    }
}
