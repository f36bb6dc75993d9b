package dev.convoy.importers.keras;

import static dev.convoy.importers.keras.KerasFiles.layer;
import static dev.convoy.importers.keras.KerasFiles.sequential;
import static dev.convoy.importers.keras.Loading.assertPredicts;
import static dev.convoy.importers.keras.Loading.file;
import static dev.convoy.importers.keras.Loading.inspect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.layers.Activation;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the way of a model is named, all of it at once. */
class ProblemsTest {

    private static final String INPUT = layer("InputLayer", "i", "'batch_shape': [null, 4, 4, 1]");

    @TempDir
    private Path dir;

    private ImportReport report(String... layers) {
        return inspect(
                file(dir, "m.h5", KerasFiles.model("3.5.0", sequential(layers)).bytes()));
    }

    @Test
    void reportsAllProblemsAtOnce() {
        ImportReport report = report(
                INPUT,
                layer("Lambda", "double", "'function': ['4wEAAA==', null, null]"),
                layer("LSTM", "memory", "'units': 3"),
                layer("Conv2D", "conv", "'filters': 1, 'kernel_size': [3, 3], 'padding': 'reflect'"),
                layer("MyLayer", "mine", "'x': 1"),
                layer("Dense", "dense", "'units': 1, 'sparsity': 0.5"));
        assertEquals(
                List.of("double", "memory", "conv", "mine", "dense"),
                report.problems().stream().map(ImportReport.Problem::layer).toList());
        String text = report.toString();
        assertTrue(text.contains("Python byte code, which is never run"), text);
        assertTrue(text.contains("ImportOptions.defaults().layer(\"Lambda\""), text);
        assertTrue(text.contains("recurrent layers are not supported"), text);
        assertTrue(text.contains("padding must be valid, same or causal, got \"reflect\""), text);
        assertTrue(text.contains("layer(\"MyLayer\", config ->"), text);
        assertTrue(text.contains("not understood: sparsity = 0.5"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Dense              | 'units': 0                                               | units
        Dense              | 'units': 1.5                                             | units must be a whole number
        Dense              | 'units': 99999999999                                     | units must be a whole number
        Dense              | 'units': 1, 'use_bias': 'no'                             | use_bias must be true or false
        Dense              | 'units': 1, 'activation': 'magic'                        | activation 'magic'
        Dense              | 'units': 1, 'activation': {'class_name': 'PReLU', 'config': {}} | cannot be an activation
        Dense              | 'units': 1, 'dtype': {'class_name': 'QuantizedDTypePolicy', 'config': {'name': 'int8_from_float32'}} | quantised
        Conv2D             | 'filters': 1                                             | kernel_size must be
        Conv2D             | 'filters': 1, 'kernel_size': [1, 2, 3]                   | kernel_size must be 1 or 2 whole numbers
        Conv2D             | 'filters': 1, 'kernel_size': 1, 'data_format': 'x'       | channels_last or channels_first
        BatchNormalization | 'renorm': true                                           | renorm
        BatchNormalization | 'axis': [1, 2]                                           | axis list
        ZeroPadding2D      | 'padding': [[1, 2], [-1, 0]]                             | padding must be whole numbers
        Reshape            | 'target_shape': ['x']                                    | target_shape must be a whole number
        UpSampling2D       | 'interpolation': 'magic'                                 | interpolation 'magic'
        """)
    void namesTheSettingThatIsWrong(String className, String config, String expected) {
        String text = report(INPUT, layer(className, "layer", config)).toString();
        assertTrue(text.contains("layer 'layer' (" + className + ")"), text);
        assertTrue(text.contains(expected), text);
    }

    @Test
    void refusesNumbersThatNoDoubleHolds() {
        String huge = "1" + "0".repeat(350);
        ImportReport report = report(
                INPUT,
                layer("Rescaling", "scale", "'scale': " + huge),
                layer("Rescaling", "scales", "'scale': [" + huge + "]"),
                layer("Dropout", "drop", "'rate': NaN"),
                layer("Normalization", "norm", "'axis': -1, 'mean': [1e300], 'variance': [1]"),
                layer("Dense", "dense", "'units': " + huge));
        assertEquals(
                List.of("scale", "scales", "drop", "dense"),
                report.problems().stream().map(ImportReport.Problem::layer).toList());
    }

    @Test
    void namesTheLayerThatCannotTakeItsInput() {
        ImportReport report = report(INPUT, layer("MaxPooling1D", "pool", "'pool_size': 2"));
        assertEquals("pool", report.problems().getFirst().layer());
        assertTrue(report.toString().contains("spatial"), report.toString());
    }

    @Test
    void takesClassesOfTheUsersOwn() {
        String json =
                sequential(layer("InputLayer", "i", "'batch_shape': [null, 2]"), layer("Triple", "t", "'factor': 3"));
        Path path = file(dir, "own.h5", KerasFiles.model("3.5.0", json).bytes());
        ImportOptions options = ImportOptions.defaults()
                .layer(
                        "Triple",
                        config -> Activation.of(
                                (g, x) -> g.mul(x, Double.parseDouble(String.valueOf(config.get("factor"))))));
        Model model = new KerasImporter().load(ModelSource.of(path), options);
        assertPredicts(model, new float[] {1, 5}, 3, 15);
        ImportOptions broken = ImportOptions.defaults().layer("Triple", config -> {
            throw new IllegalStateException("oops");
        });
        ImportException e =
                assertThrows(ImportException.class, () -> new KerasImporter().load(ModelSource.of(path), broken));
        assertTrue(e.report().toString().contains("oops"), e.report().toString());
    }

    @Test
    void refusesConnectionsThatLeadNowhere() {
        String json = ("{'class_name': 'Functional', 'config': {'name': 'f', 'layers': [{'class_name': 'ReLU',"
                        + " 'name': 'a', 'config': {'name': 'a'}, 'inbound_nodes': [[['b', 0, 0, {}]]]},"
                        + " {'class_name': 'ReLU', 'name': 'b', 'config': {'name': 'b'},"
                        + " 'inbound_nodes': [[['a', 0, 0, {}]]]}, {'class_name': 'InputLayer', 'name': 'x',"
                        + " 'config': {'batch_shape': [null, 1]}, 'inbound_nodes': []}],"
                        + " 'input_layers': [['x', 0, 0]], 'output_layers': [['b', 0, 0]]}}")
                .replace('\'', '"');
        String text = inspect(
                        file(dir, "loop.h5", KerasFiles.model("2.4.0", json).bytes()))
                .toString();
        assertTrue(text.contains("circle"), text);
        String missing = json.replace("[\"b\", 0, 0]]", "[\"c\", 0, 0]]");
        String none = inspect(
                        file(dir, "none.h5", KerasFiles.model("2.4.0", missing).bytes()))
                .toString();
        assertTrue(none.contains("'c', which it does not have"), none);
    }

    @Test
    void tellsWhatDoesNotMatterAsNotes() {
        ImportReport report = report(
                INPUT,
                layer("RandomFlip", "flip", "'mode': 'horizontal', 'seed': 3"),
                layer("Flatten", "f", "'dtype': 'mixed_float16'"));
        assertTrue(report.isLoadable(), report.toString());
        assertEquals(2, report.notes().size(), report.notes().toString());
        assertFalse(report.notes().getFirst().isBlank());
    }

    @Test
    void acceptsItsOwnFilesByContent() {
        KerasImporter importer = new KerasImporter();
        assertTrue(importer.accepts(ModelSource.of(
                file(dir, "x.bin", KerasFiles.model("2.4.0", sequential(INPUT)).bytes()))));
        assertTrue(importer.accepts(ModelSource.of(file(dir, "x.json", "{}"))));
        assertTrue(importer.accepts(ModelSource.of(file(dir, "x.h5", "%PDF"))));
        assertFalse(importer.accepts(ModelSource.of(file(dir, "x.onnx", "\b\u0007\u0012"))));
        assertFalse(importer.accepts(ModelSource.of(file(dir, "x.txt", "hello"))));
    }
}
