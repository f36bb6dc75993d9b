package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OnnxFile.attribute;
import static dev.convoy.tensor.DataType.FLOAT32;
import static dev.convoy.tensor.DataType.INT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport.Problem;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that have to be known when a model is loaded, and how the report asks for them. */
class PinnedInputsTest {

    @TempDir
    private Path folder;

    private static Tensor predict(Model model, Tensor x) {
        try (Predictor predictor = Predictor.of(model, "cpu", BackendOptions.defaults())) {
            return predictor.predict(x);
        }
    }

    @Test
    void aShapeAmongTheInputsIsPinned() throws IOException {
        Path file = OnnxFile.opset(13)
                .input("x", FLOAT32, 2, 3)
                .input("target", INT64, 1)
                .add("Reshape", "flat", "x target -> y")
                .output("y")
                .write(folder);
        ImportException refused = assertThrows(ImportException.class, () -> Models.load(file));
        assertEquals(
                List.of(new Problem(
                        "flat",
                        "Reshape",
                        "the value of its operand shape has to be known when the model is loaded, and is the input"
                                + " 'target'",
                        "give the value: ImportOptions.defaults().pinned(\"target\", Tensor), in the shell --pin"
                                + " target=FILE.npy",
                        List.of("target"),
                        List.of())),
                refused.report().problems());
        Model model = Models.load(
                ModelSource.of(file), ImportOptions.defaults().pinned("target", Tensor.of(new long[] {6}, 1)));
        assertEquals(Set.of("x"), model.inputs().keySet());
        assertEquals(OneNode.counting(6), predict(model, OneNode.counting(2, 3)));
    }

    @Test
    void inputsThatAShapeIsComputedFromArePinned() throws IOException {
        Path file = OnnxFile.opset(13)
                .input("x", FLOAT32, 2, 3)
                .input("rows", INT64, 1)
                .input("columns", INT64, 1)
                .add("Concat", "", "rows columns -> target", attribute("axis", 0))
                .add("Reshape", "flat", "x target -> y")
                .output("y")
                .write(folder);
        ImportException refused = assertThrows(ImportException.class, () -> Models.load(file));
        Problem problem = refused.report().problems().getFirst();
        assertEquals(List.of("rows", "columns"), problem.values());
        assertTrue(
                problem.remedy().contains(".pinned(\"rows\", Tensor).pinned(\"columns\", Tensor)"), problem.remedy());
        ImportOptions given = ImportOptions.defaults()
                .pinned("rows", Tensor.of(new long[] {3}, 1))
                .pinned("columns", Tensor.of(new long[] {2}, 1));
        assertEquals(OneNode.counting(3, 2), predict(Models.load(ModelSource.of(file), given), OneNode.counting(2, 3)));
    }

    /** Asking for the picture itself would help nobody. */
    @Test
    void picturesAreNotAskedFor() throws IOException {
        Path file = OnnxFile.opset(13)
                .input("x", FLOAT32, 2, 3)
                .add("ArgMax", "", "x -> target", attribute("axis", 1), attribute("keepdims", 0))
                .add("Reshape", "flat", "x target -> y")
                .output("y")
                .write(folder);
        ImportException refused = assertThrows(ImportException.class, () -> Models.load(file));
        Problem problem = refused.report().problems().getFirst();
        assertEquals(List.of(), problem.values());
        assertEquals("export the model with fixed sizes", problem.remedy());
    }
}
