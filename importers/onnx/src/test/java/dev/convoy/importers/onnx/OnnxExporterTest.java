package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.models.ExportException;
import dev.convoy.models.ExportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.models.RandomInputs;
import dev.convoy.models.Sequential;
import dev.convoy.onnx.format.Limits;
import dev.convoy.onnx.format.OnnxReader;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models of layers written as ONNX, read again, and run by ONNX Runtime. */
class OnnxExporterTest {

    @TempDir
    private Path folder;

    private static Model small() {
        return Sequential.of(Input.of(6, 6, 2), Conv2D.of(3, 3), Flatten.of(), Dense.of(40))
                .initialized(7);
    }

    private ModelProto written(Model model, ExportOptions options) throws Exception {
        Path file = folder.resolve("m.onnx");
        Models.save(model, file, options);
        return OnnxReader.read(file, Limits.defaults());
    }

    @ParameterizedTest
    @EnumSource
    void knownNetworksKeepAtMostTwoTransposesAndCompute(Networks network) throws Exception {
        Model model = network.model().initialized(1);
        ModelProto onnx = written(model, ExportOptions.defaults());
        long transposes = onnx.getGraph().getNodeList().stream()
                .filter(n -> n.getOpType().equals("Transpose"))
                .count();
        assertTrue(transposes <= 2, network + " has " + transposes);
        assertSameResults(model, 3, 1e-5f);
    }

    /** ONNX Runtime on the file, the CPU backend on the model; both in float32. */
    private void assertSameResults(Model model, int batch, float tolerance) throws Exception {
        Tensor input = RandomInputs.of(model, batch, 1).firstEntry().getValue();
        float[] expected;
        try (Predictor predictor = model.predictor()) {
            expected = predictor.predict(input).floats();
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = Arrays.stream(input.shape().sizes()).asLongStream().toArray();
        String name = model.inputs().firstEntry().getKey();
        try (OrtSession session =
                        environment.createSession(folder.resolve("m.onnx").toString());
                OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.floats()), shape);
                OrtSession.Result result = session.run(java.util.Map.of(name, tensor))) {
            float[] actual = new float[expected.length];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(actual);
            assertArrayEquals(expected, actual, tolerance);
        }
    }

    @Test
    void keepsNamesShapesAndTheBatchSymbolic() throws Exception {
        Model model = small();
        ModelProto onnx = written(model, ExportOptions.defaults());
        assertEquals(17, onnx.getOpsetImport(0).getVersion());
        assertEquals(8, onnx.getIrVersion());
        var input = onnx.getGraph().getInput(0);
        assertEquals(model.inputs().firstEntry().getKey(), input.getName());
        var dims = input.getType().getTensorType().getShape().getDimList();
        assertEquals("batch", dims.getFirst().getDimParam());
        assertEquals(
                List.of(6L, 6L, 2L),
                dims.subList(1, 4).stream().map(d -> d.getDimValue()).toList());
        assertEquals(
                model.outputs().firstEntry().getKey(),
                onnx.getGraph().getOutput(0).getName());
        List<String> names = onnx.getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .toList();
        assertTrue(names.contains("dense/bias"), names.toString());
    }

    @Test
    void weightsMayLieBesideTheModel() throws Exception {
        Model model = small();
        ModelProto onnx = written(model, ExportOptions.defaults().withExternalBytes(0));
        assertTrue(Files.size(folder.resolve("m.onnx.data")) > 0);
        assertTrue(onnx.getGraph().getInitializerList().stream()
                .anyMatch(t -> t.getDataLocation() == TensorProto.DataLocation.EXTERNAL));
        assertSameResults(model, 2, 1e-6f);
    }

    @Test
    void saysWhatItCannotWrite() {
        ExportException nobody = assertThrows(ExportException.class, () -> small().save(folder.resolve("m.tflite")));
        assertTrue(nobody.getMessage().contains(".onnx"), nobody.getMessage());
        ExportException nowhere = assertThrows(
                ExportException.class, () -> small().save(folder.resolve("none").resolve("m.onnx")));
        assertTrue(nowhere.getMessage().startsWith("Cannot write"), nowhere.getMessage());
    }
}
