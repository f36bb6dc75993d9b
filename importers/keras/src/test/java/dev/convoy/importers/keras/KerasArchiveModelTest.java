package dev.convoy.importers.keras;

import static dev.convoy.importers.keras.KerasFiles.archive;
import static dev.convoy.importers.keras.KerasFiles.layer;
import static dev.convoy.importers.keras.KerasFiles.sequential;
import static dev.convoy.importers.keras.Loading.assertPredicts;
import static dev.convoy.importers.keras.Loading.file;
import static dev.convoy.importers.keras.Loading.inspect;
import static dev.convoy.importers.keras.Loading.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.ImportException;
import dev.convoy.models.Model;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code .keras} files; expected numbers are worked out by hand. */
class KerasArchiveModelTest {

    private static final String THREE = sequential(
            layer("InputLayer", "input_layer", "'batch_shape': [null, 1]"),
            layer("Dense", "first", "'units': 1, 'use_bias': false"),
            layer("ReLU", "r", ""),
            layer("Dense", "second", "'units': 1, 'use_bias': false"),
            layer("Dense", "third", "'units': 1, 'use_bias': false"));

    @TempDir
    private Path dir;

    private static ClassicHdf5 weights(String first, String second, String third) {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().at(first).floats("0", new int[] {1, 1}, 2);
        file.root().at(second).floats("0", new int[] {1, 1}, 3);
        file.root().at(third).floats("0", new int[] {1, 1}, 5);
        file.root().at("optimizer/vars").floats("0", new int[] {7}, new float[7]);
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "3.8.0, layers/dense/vars, layers/dense_1/vars, layers/dense_2/vars",
        "2.14.0, _layer_checkpoint_dependencies/dense/vars, _layer_checkpoint_dependencies/dense_1/vars,"
                + " _layer_checkpoint_dependencies/dense_2/vars",
        "2.13.1, _layer_checkpoint_dependencies/dense/vars, _layer_checkpoint_dependencies/dense_2/vars,"
                + " _layer_checkpoint_dependencies/dense_4/vars",
        "2.15.0, layers\\dense/vars, layers\\dense_1/vars, layers\\dense_2/vars"
    })
    void findsWeightsAsEachVersionStoresThem(String version, String first, String second, String third) {
        byte[] file = archive(version, THREE, weights(first, second, third));
        assertPredicts(load(file(dir, "m.keras", file)), new float[] {7}, 2 * 3 * 5 * 7);
    }

    /** A comment is declared that is not there, so the JDK reads beyond the end. */
    @Test
    void refusesAnArchiveThatEndsEarly() {
        byte[] bytes =
                archive("3.8.0", THREE, weights("layers/dense/vars", "layers/dense_1/vars", "layers/dense_2/vars"));
        bytes[bytes.length - 2] = 1;
        Path damaged = file(dir, "m.keras", bytes);
        ImportException refused = assertThrows(ImportException.class, () -> load(damaged));
        assertTrue(
                refused.getMessage().contains("the zip file is damaged: it ends before its last entry"),
                refused::getMessage);
    }

    @Test
    void readsAnUnpackedArchive() throws Exception {
        Files.writeString(dir.resolve("config.json"), THREE);
        file(
                dir,
                "model.weights.h5",
                weights("layers/dense/vars", "layers/dense_1/vars", "layers/dense_2/vars")
                        .bytes());
        assertPredicts(load(dir), new float[] {7}, 210);
    }

    /** Keras 3: tensors as objects, one flat triple as output, a policy as dtype, a layer as activation. */
    @Test
    void readsAFunctionalOfKeras3() {
        String tensor = "{'class_name': '__keras_tensor__', 'config': {'shape': [null, 1], 'dtype': 'float32',"
                + " 'keras_history': ['%s', 0, 0]}}";
        String json = ("{'module': 'keras', 'class_name': 'Functional', 'config': {'name': 'f', 'trainable': true,"
                        + " 'layers': [{'module': 'keras.layers', 'class_name': 'InputLayer', 'name': 'x',"
                        + " 'config': {'batch_shape': [null, 1], 'dtype': 'float32', 'name': 'x'},"
                        + " 'inbound_nodes': []},"
                        + " {'module': 'keras.layers', 'class_name': 'Dense', 'name': 'd', 'registered_name': null,"
                        + " 'config': {'name': 'd', 'units': 1, 'use_bias': true, 'dtype': {'module': 'keras',"
                        + " 'class_name': 'DTypePolicy', 'config': {'name': 'float32'}, 'registered_name': null},"
                        + " 'kernel_initializer': {'module': 'keras.initializers', 'class_name': 'GlorotUniform',"
                        + " 'config': {'seed': null}}, 'kernel_regularizer': null,"
                        + " 'activation': {'module': 'keras.layers', 'class_name': 'LeakyReLU',"
                        + " 'config': {'name': 'l', 'negative_slope': 0.5}}},"
                        + " 'inbound_nodes': [{'args': [" + tensor.formatted("x") + "], 'kwargs': {}}]},"
                        + " {'module': 'keras.layers', 'class_name': 'Concatenate', 'name': 'c',"
                        + " 'config': {'name': 'c', 'axis': -1}, 'inbound_nodes': [{'args': [["
                        + tensor.formatted("x") + ", " + tensor.formatted("d") + "]], 'kwargs': {}}]}],"
                        + " 'input_layers': ['x', 0, 0], 'output_layers': ['c', 0, 0]}}")
                .replace('\'', '"');
        ClassicHdf5 file = new ClassicHdf5();
        file.root().at("layers/dense/vars").floats("0", new int[] {1, 1}, -4).floats("1", new int[] {1}, 2);
        Model model = load(file(dir, "f.keras", archive("3.3.3", json, file)));
        assertEquals("f", model.name());
        assertPredicts(model, new float[] {3}, 3, (-4 * 3 + 2) * 0.5f);
    }

    @Test
    void readsNestedModels() {
        String json = sequential(
                layer("InputLayer", "i", "'batch_shape': [null, 1]"),
                "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"inner\", \"layers\": ["
                        + layer("Dense", "a", "'units': 1, 'use_bias': false") + "]}}",
                layer("Dense", "b", "'units': 1, 'use_bias': false"));
        ClassicHdf5 file = new ClassicHdf5();
        file.root().at("layers/sequential/layers/dense/vars").floats("0", new int[] {1, 1}, 3);
        file.root().at("layers/dense/vars").floats("0", new int[] {1, 1}, 4);
        assertPredicts(load(file(dir, "n.keras", archive("3.5.0", json, file))), new float[] {5}, 60);
    }

    @Test
    void refusesOtherZipFilesByName() {
        byte[] torch = KerasFiles.zip(Map.of("archive/data.pkl", new byte[3]), ZipEntry.DEFLATED);
        assertTrue(inspect(file(dir, "a.keras", torch)).toString().contains("PyTorch"));
        byte[] other = KerasFiles.zip(Map.of("readme.txt", new byte[3]), ZipEntry.DEFLATED);
        assertTrue(inspect(file(dir, "b.keras", other)).toString().contains("without config.json"));
    }

    @Test
    void refusesNamesThatLeaveTheArchiveOrComeTwice() {
        for (String name : new String[] {"../evil", "/etc/x", "a/../../b", "c:\\x", "a\\b"}) {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            entries.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
            entries.put(name, new byte[1]);
            String report = inspect(file(dir, "slip.keras", KerasFiles.zip(entries, ZipEntry.DEFLATED)))
                    .toString();
            assertTrue(report.contains("points out of the archive"), report);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
        entries.put("config.jsoN", "{}".getBytes(StandardCharsets.UTF_8));
        byte[] twice = new String(KerasFiles.zip(entries, ZipEntry.STORED), StandardCharsets.ISO_8859_1)
                .replace("config.jsoN", "config.json")
                .getBytes(StandardCharsets.ISO_8859_1);
        String report = inspect(file(dir, "twice.keras", twice)).toString();
        assertTrue(report.contains("two entries named 'config.json'"), report);
    }
}
