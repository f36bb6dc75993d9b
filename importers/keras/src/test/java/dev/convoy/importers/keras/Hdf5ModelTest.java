package dev.convoy.importers.keras;

import static dev.convoy.importers.keras.KerasFiles.layer;
import static dev.convoy.importers.keras.KerasFiles.sequential;
import static dev.convoy.importers.keras.Loading.assertPredicts;
import static dev.convoy.importers.keras.Loading.file;
import static dev.convoy.importers.keras.Loading.inspect;
import static dev.convoy.importers.keras.Loading.load;
import static dev.convoy.importers.keras.Loading.predict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.ImportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HDF5 models and weights; expected numbers are worked out by hand. */
class Hdf5ModelTest {

    private static final String DENSE = layer("Dense", "d", "'units': 1, 'batch_input_shape': [null, 2]");

    @TempDir
    private Path dir;

    /** 2·1 + 3·2 + 1. */
    private static KerasFiles dense(KerasFiles file) {
        return file.array("d", "kernel:0", new int[] {2, 1}, 2, 3).array("d", "bias:0", new int[] {1}, 1);
    }

    @Test
    void readsASequential() {
        byte[] file = dense(KerasFiles.model("2.4.0", sequential(DENSE))).bytes();
        Model model = load(file(dir, "model.h5", file));
        assertEquals("s", model.name());
        assertPredicts(model, new float[] {1, 2}, 9);
    }

    @Test
    void readsTheListThatKerasWroteUpTo21() {
        String list = "{\"class_name\": \"Sequential\", \"config\": [" + DENSE + "]}";
        byte[] file = dense(KerasFiles.model("2.0.8", list)).bytes();
        assertPredicts(load(file(dir, "named.keras", file)), new float[] {1, 2}, 9);
    }

    @Test
    void readsArchitectureAndWeightsInEitherOrderAndEncodedTwice() {
        Path weights = file(dir, "w.h5", dense(KerasFiles.weights()).bytes());
        Path json = file(dir, "a.json", sequential(DENSE));
        String twice = "\"" + sequential(DENSE).replace("\"", "\\\"") + "\"";
        Path twiceEncoded = file(dir, "b.json", twice);
        for (ModelSource source : List.of(
                new ModelSource(json, weights),
                new ModelSource(weights, json),
                new ModelSource(twiceEncoded, weights))) {
            assertPredicts(new KerasImporter().load(source, ImportOptions.defaults()), new float[] {1, 2}, 9);
        }
        assertTrue(inspect(json).toString().contains("without weights"));
        assertTrue(inspect(weights).toString().contains("weights only"));
    }

    @Test
    void matchesLayersByOrderNotByName() {
        KerasFiles file = KerasFiles.weights()
                .layer("input")
                .array("dense_7", "kernel:0", new int[] {2, 1}, 2, 3)
                .layer("dropout")
                .array("dense_8", "kernel:0", new int[] {1, 1}, 10);
        Path weights = file(dir, "w.h5", file.bytes());
        Path json = file(
                dir,
                "a.json",
                sequential(
                        layer("Dense", "a", "'units': 1, 'use_bias': false, 'batch_input_shape': [null, 2]"),
                        layer("Dense", "b", "'units': 1, 'use_bias': false")));
        Model model = new KerasImporter().load(new ModelSource(json, weights), ImportOptions.defaults());
        assertPredicts(model, new float[] {1, 2}, 80);
    }

    private static String nested(String trainable) {
        return sequential(
                layer("InputLayer", "i", "'batch_input_shape': [null, 1]"),
                "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"inner\", \"layers\": ["
                        + layer("Dense", "k1", "'units': 1, 'use_bias': false" + trainable) + ", "
                        + layer("BatchNormalization", "bn", "'axis': [1], 'epsilon': 0.001" + trainable) + ", "
                        + layer("Dense", "k2", "'units': 1, 'use_bias': false" + trainable) + "]}}");
    }

    /** ((2x - 4) / √(0.999 + 0.001) · 3 + 1) · 5 = 35 for x = 3. */
    @Test
    void readsTrainableWeightsOfANestedModelFirst() {
        KerasFiles file = KerasFiles.model("2.4.0", nested(""));
        float[] inFileOrder = {2, 3, 1, 5, 4, 0.999f};
        for (int i = 0; i < inFileOrder.length; i++) {
            boolean kernel = i == 0 || i == 3;
            file.array("inner", "w" + i, kernel ? new int[] {1, 1} : new int[] {1}, inFileOrder[i]);
        }
        assertPredicts(load(file(dir, "n.h5", file.bytes())), new float[] {3}, 35);
    }

    @Test
    void readsWeightsOfFrozenLayersLayerByLayerAndKeepsThemFrozen() {
        KerasFiles file = KerasFiles.model("2.4.0", nested(", 'trainable': false"));
        float[] inFileOrder = {2, 3, 1, 4, 0.999f, 5};
        for (int i = 0; i < inFileOrder.length; i++) {
            boolean kernel = i == 0 || i == 5;
            file.array("inner", "w" + i, kernel ? new int[] {1, 1} : new int[] {1}, inFileOrder[i]);
        }
        Model model = load(file(dir, "n.h5", file.bytes()));
        assertPredicts(model, new float[] {3}, 35);
        assertTrue(model.parameterSpecs().stream().noneMatch(p -> p.trainable()));
        Model inner = (Model) model.layers().getFirst().layer();
        assertEquals(2, inner.parameters().get("k1/kernel").get(0), "a nested model has its own weights");
    }

    /** A Theano kernel is turned round: 4·1 + 3·10 + 2·100 + 1·1000. */
    @Test
    void readsKeras1WithTheanoOrder() {
        String conv = layer(
                "Convolution2D",
                "c",
                "'nb_filter': 1, 'nb_row': 2, 'nb_col': 2, 'border_mode': 'valid', 'subsample': [1, 1],"
                        + " 'dim_ordering': 'th', 'bias': false, 'init': 'glorot_uniform', 'activation': 'linear',"
                        + " 'W_regularizer': null, 'input_dim': null, 'batch_input_shape': [null, 1, 2, 2]");
        KerasFiles file = KerasFiles.model("1.2.2", sequential(conv))
                .attribute("backend", "theano")
                .array("c", "c_W:0", new int[] {1, 1, 2, 2}, 1, 2, 3, 4);
        Model model = load(file(dir, "k1.h5", file.bytes()));
        Tensor output = predict(model, Tensor.of(new float[] {1, 10, 100, 1000}, 1, 1, 2, 2));
        assertEquals(Tensor.of(new float[] {1234}, 1, 1, 1, 1), output);
    }

    /** One Dense called on two inputs: 2·(1) and 2·(5), then their sum. Keras counts calls of a nested model from 1. */
    @Test
    void readsSharedLayersAndNestedModels() {
        String inner = functional(
                "inner",
                "{'class_name': 'InputLayer', 'name': 'x', 'inbound_nodes': [],"
                        + " 'config': {'name': 'x', 'batch_input_shape': [null, 1]}},"
                        + "{'class_name': 'Dense', 'name': 'd', 'config': {'name': 'd', 'units': 1, 'use_bias': false},"
                        + " 'inbound_nodes': [[['x', 0, 0, {}]]]}",
                "['x', 0, 0]",
                "['d', 0, 0]");
        String outer = functional(
                "outer",
                "{'class_name': 'InputLayer', 'name': 'a', 'inbound_nodes': [],"
                        + " 'config': {'name': 'a', 'batch_input_shape': [null, 1]}},"
                        + inner.replace("{'class_name': 'Functional',", "{'class_name': 'Functional', 'name': 'inner',")
                                .replaceFirst(
                                        "\\}\\}$", "}, 'inbound_nodes': [[['a', 0, 0, {}]], [['inner', 1, 0, {}]]]}")
                        + ",{'class_name': 'Add', 'name': 'sum', 'config': {'name': 'sum'},"
                        + " 'inbound_nodes': [[['inner', 1, 0, {}], ['inner', 2, 0, {}]]]}",
                "[['a', 0, 0]]",
                "[['sum', 0, 0]]");
        KerasFiles file =
                KerasFiles.model("2.8.0", outer.replace('\'', '"')).array("inner", "kernel:0", new int[] {1, 1}, 3);
        assertPredicts(load(file(dir, "f.h5", file.bytes())), new float[] {2}, 6 + 18);
    }

    private static String functional(String name, String layers, String inputs, String outputs) {
        return "{'class_name': 'Functional', 'config': {'name': '" + name + "', 'layers': [" + layers
                + "], 'input_layers': " + inputs + ", 'output_layers': " + outputs + "}}";
    }

    @Test
    void readsLongListsOfNamesInParts() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().text("model_config", sequential(DENSE)).text("keras_version", "2.4.0");
        ClassicHdf5.Group weights = file.root().group("model_weights");
        weights.texts("layer_names0", List.of("nothing")).texts("layer_names1", List.of("d"));
        weights.group("nothing").fixedTexts("weight_names", List.of());
        weights.group("d")
                .texts("weight_names0", List.of("k"))
                .texts("weight_names1", List.of("b"))
                .floats("k", new int[] {2, 1}, 2, 3)
                .floats("b", new int[] {1}, 1);
        assertPredicts(load(file(dir, "long.h5", file.bytes())), new float[] {1, 2}, 9);
    }

    @Test
    void saysWhichWeightsDoNotFit() {
        KerasFiles file = KerasFiles.model("2.4.0", sequential(DENSE))
                .array("d", "kernel:0", new int[] {3, 1}, 1, 2, 3)
                .array("d", "bias:0", new int[] {1}, 0);
        String report = inspect(file(dir, "bad.h5", file.bytes())).toString();
        assertTrue(report.contains("layer 'd' (Dense): kernel has shape [2, 1], in the file [3, 1]"), report);
        String fewer = inspect(file(
                        dir,
                        "none.h5",
                        KerasFiles.model("2.4.0", sequential(DENSE)).bytes()))
                .toString();
        assertFalse(fewer.isEmpty());
        assertTrue(fewer.contains("weights of 0 layers"), fewer);
    }
}
