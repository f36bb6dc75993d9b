package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OnnxFile.attribute;
import static dev.convoy.importers.onnx.OnnxFile.node;
import static dev.convoy.importers.onnx.OnnxFile.value;
import static dev.convoy.tensor.DataType.BOOL;
import static dev.convoy.tensor.DataType.FLOAT32;
import static dev.convoy.tensor.DataType.INT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.ImportException;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.AttributeProto.AttributeType;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopOperatorsTest {

    @TempDir
    private Path folder;

    private Map<String, Tensor> run(OnnxFile file, Map<String, Tensor> inputs) throws IOException {
        Model model = Models.load(file.write(folder));
        try (Predictor predictor = Predictor.of(model, "cpu", BackendOptions.defaults())) {
            return predictor.predict(inputs);
        }
    }

    private static AttributeProto integers(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addInts(value)
                .build();
    }

    /** {@code sum = sum + factor · x}, which is also stacked. */
    private static GraphProto weightedSum() {
        return GraphProto.newBuilder()
                .addInput(value("sum", FLOAT32, 2))
                .addInput(value("x", FLOAT32, 2))
                .addNode(node("Mul", "", "x factor -> scaled"))
                .addNode(node("Add", "", "sum scaled -> next"))
                .addNode(node("Identity", "", "next -> each"))
                .addOutput(value("next", FLOAT32, 2))
                .addOutput(value("each", FLOAT32, 2))
                .build();
    }

    private static OnnxFile scan(Object rows, AttributeProto... attributes) {
        NodeProto scan = node("Scan", "scan", "start xs -> total steps", attributes).toBuilder()
                .addAttribute(attribute("num_scan_inputs", 1))
                .addAttribute(attribute("body", weightedSum()))
                .build();
        return OnnxFile.opset(16)
                .input("start", FLOAT32, 2)
                .input("xs", FLOAT32, rows, 2)
                .initializer("factor", Tensor.of(new float[] {1, 10}, 2))
                .add(scan)
                .output("total")
                .output("steps");
    }

    @Test
    void scansCarryAndStack() throws IOException {
        Map<String, Tensor> results = run(
                scan("N"),
                Map.of(
                        "start",
                        Tensor.of(new float[] {100, 0}, 2),
                        "xs",
                        Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2)));
        assertEquals(Tensor.of(new float[] {109, 120}, 2), results.get("total"));
        assertEquals(Tensor.of(new float[] {101, 20, 104, 60, 109, 120}, 3, 2), results.get("steps"));
    }

    @Test
    void scansTurnAndTakeOtherAxes() throws IOException {
        Map<String, Tensor> inputs =
                Map.of("start", Tensor.of(new float[] {0, 0}, 2), "xs", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
        Map<String, Tensor> backwards =
                run(scan(2, integers("scan_input_directions", 1), integers("scan_output_axes", -1)), inputs);
        assertEquals(Tensor.of(new float[] {3, 4, 40, 60}, 2, 2), backwards.get("steps"));
        Map<String, Tensor> both =
                run(scan(2, integers("scan_input_directions", 1), integers("scan_output_directions", 1)), inputs);
        assertEquals(Tensor.of(new float[] {4, 60, 3, 40}, 2, 2), both.get("steps"));
        Map<String, Tensor> columns = run(scan(2, integers("scan_input_axes", 1)), inputs);
        assertEquals(Tensor.of(new float[] {1, 30, 3, 70}, 2, 2), columns.get("steps"));
    }

    /** {@code x = x + i}; goes on while {@code i < last}. */
    private static GraphProto counting() {
        return GraphProto.newBuilder()
                .addInput(value("i", INT64))
                .addInput(value("on", BOOL))
                .addInput(value("x", FLOAT32, 2))
                .addNode(node("Cast", "", "i -> real", attribute("to", 1)))
                .addNode(node("Add", "", "x real -> next"))
                .addNode(node("Less", "", "i last -> again"))
                .addNode(node("Identity", "", "next -> each"))
                .addOutput(value("again", BOOL))
                .addOutput(value("next", FLOAT32, 2))
                .addOutput(value("each", FLOAT32, 2))
                .build();
    }

    private static OnnxFile loop(long most) {
        return OnnxFile.opset(13)
                .input("x0", FLOAT32, 2)
                .initializer("most", Tensor.scalar(most))
                .add("Loop", "loop", "most yes x0 -> y ys", attribute("body", counting()))
                .initializer("yes", Tensor.of(new boolean[] {true}, 1))
                .output("y")
                .output("ys");
    }

    @ParameterizedTest
    @CsvSource({"10, 4, 6", "3, 3, 3", "1, 1, 0", "0, 0, 0"})
    void loopsAreWrittenOut(long most, int runs, float sum) throws IOException {
        OnnxFile file = loop(most).initializer("last", Tensor.scalar(3L));
        Map<String, Tensor> results = run(file, Map.of("x0", Tensor.of(new float[] {0, 1}, 2)));
        assertEquals(Tensor.of(new float[] {sum, sum + 1}, 2), results.get("y"));
        assertEquals(runs, results.get("ys").shape().size(0));
        if (runs > 0) {
            assertEquals(sum, results.get("ys").get(2 * runs - 2));
        }
    }

    @Test
    void loopsThatDependOnDataAreRefused() {
        OnnxFile file = loop(5).input("last", INT64);
        ImportException e = assertThrows(ImportException.class, () -> Models.load(file.write(folder)));
        assertTrue(e.getMessage().contains("how often it runs depends on the data"), e.getMessage());
        OnnxFile endless = loop(1000).initializer("last", Tensor.scalar(1000L));
        ImportException tooMany = assertThrows(ImportException.class, () -> Models.load(endless.write(folder)));
        assertTrue(tooMany.getMessage().contains("more than 256 times"), tooMany.getMessage());
    }
}
