package dev.convoy.importers.keras;

import static dev.convoy.importers.keras.Loading.assertPredicts;
import static dev.convoy.importers.keras.Loading.file;
import static dev.convoy.importers.keras.Loading.inspect;
import static dev.convoy.importers.keras.Loading.load;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions called on tensors between layers, as {@code preprocess_input(inputs)} inside a model. */
class FunctionsTest {

    private static final String INPUT = "{'class_name': 'InputLayer', 'name': 'x', 'inbound_nodes': [],"
            + " 'config': {'name': 'x', 'batch_input_shape': [null, 2]}}";

    @TempDir
    private Path dir;

    private static String functional(String output, String... layers) {
        return ("{'class_name': 'Functional', 'config': {'name': 'f', 'layers': [" + INPUT + ", "
                        + String.join(", ", layers) + "], 'input_layers': [['x', 0, 0]], 'output_layers': [['" + output
                        + "', 0, 0]]}}")
                .replace('\'', '"');
    }

    private static String lambda(String name, String function, String node) {
        return "{'class_name': 'TFOpLambda', 'name': '" + name + "', 'config': {'name': '" + name
                + "', 'trainable': true, 'dtype': 'float32', 'function': '" + function + "'}, 'inbound_nodes': [" + node
                + "]}";
    }

    /** x / 127.5 - 1, as {@code mobilenet_v2.preprocess_input} is saved, then 3 - y, then the product with x. */
    @Test
    void readsFunctionsOfTensorFlow() {
        String json = functional(
                "product",
                lambda("tf.math.truediv", "math.truediv", "['x', 0, 0, {'y': 127.5, 'name': null}]"),
                lambda("tf.math.subtract", "math.subtract", "['tf.math.truediv', 0, 0, {'y': 1.0, 'name': null}]"),
                lambda(
                        "rest",
                        "math.subtract",
                        "['_CONSTANT_VALUE', -1, 3.0, {'y': ['tf.math.subtract', 0, 0], 'name': null}]"),
                lambda("product", "__operators__.mul", "['rest', 0, 0, {'y': ['x', 0, 0], 'name': null}]")
                        .replace("__operators__.mul", "math.multiply"));
        Path path = file(dir, "f.h5", KerasFiles.model("2.8.0", json).bytes());
        assertPredicts(load(path), new float[] {255, 0}, (3 - (2 - 1)) * 255, 0);
    }

    @Test
    void readsTheLayersOfTensorFlow20() {
        String json = functional(
                "relu",
                "{'class_name': 'TensorFlowOpLayer', 'name': 'div', 'config': {'name': 'div', 'node_def': {'op':"
                        + " 'RealDiv'}, 'constants': {'0': 8}}, 'inbound_nodes': [[['x', 0, 0, {}]]]}",
                "{'class_name': 'TensorFlowOpLayer', 'name': 'relu', 'config': {'name': 'relu', 'node_def': {'op':"
                        + " 'Relu'}, 'constants': {}}, 'inbound_nodes': [[['div', 0, 0, {}]]]}");
        Path path = file(dir, "f.h5", KerasFiles.model("2.3.0-tf", json).bytes());
        assertPredicts(load(path), new float[] {4, -2}, 2, 0);
    }

    @Test
    void readsOperationsOfKeras3() {
        String tensor = "{'class_name': '__keras_tensor__', 'config': {'shape': [null, 2], 'dtype': 'float32',"
                + " 'keras_history': ['%s', 0, 0]}}";
        String json = functional(
                "relu",
                "{'module': 'keras.src.ops.numpy', 'class_name': 'Add', 'name': 'add', 'config': {'name': 'add'},"
                        + " 'inbound_nodes': [{'args': [" + tensor.formatted("x") + ", 3.0], 'kwargs': {}}]}",
                "{'module': 'keras.src.ops.nn', 'class_name': 'Relu6', 'name': 'relu', 'config': {'name': 'relu'},"
                        + " 'inbound_nodes': [{'args': [" + tensor.formatted("add") + "], 'kwargs': {}}]}");
        byte[] file = KerasFiles.archive("3.5.0", json, new ClassicHdf5());
        assertPredicts(load(file(dir, "f.keras", file)), new float[] {1, 10}, 4, 6);
    }

    /** An .h5 file of Keras 3 does not say in which module a class is. */
    @Test
    void readsOperationsOfKeras3WithoutTheirModule() {
        String tensor = "{'class_name': '__keras_tensor__', 'config': {'shape': [null, 2], 'dtype': 'float32',"
                + " 'keras_history': ['%s', 0, 0]}}";
        String json = functional(
                "relu",
                "{'class_name': 'Add', 'name': 'add', 'config': {'name': 'add'}, 'inbound_nodes': [{'args': ["
                        + tensor.formatted("x") + ", 3.0], 'kwargs': {}}]}",
                "{'class_name': 'Relu6', 'name': 'relu', 'config': {'name': 'relu'}, 'inbound_nodes': [{'args': ["
                        + tensor.formatted("add") + "], 'kwargs': {}}]}");
        Path path = file(dir, "f.h5", KerasFiles.model("3.5.0", json).bytes());
        assertPredicts(load(path), new float[] {1, 10}, 4, 6);
    }

    /** Keras 3.15: {@code keras.activations.sparsemax([0.5, 0.3])}, whose sums 0.5 and 0.8 give a threshold of 0.15. */
    @Test
    void computesSparsemaxAsKerasDoes() {
        String json = functional(
                "act",
                "{'class_name': 'Activation', 'name': 'act', 'config': {'name': 'act', 'activation': 'sparsemax'},"
                        + " 'inbound_nodes': [[['x', 0, 0, {}]]]}");
        Path path = file(dir, "f.h5", KerasFiles.model("3.15.0", json).bytes());
        assertPredicts(load(path), new float[] {0.5f, 0.3f}, 0.35f, 0.15f);
    }

    @Test
    void refusesOtherFunctionsByName() {
        String json = functional(
                "norm",
                lambda("tf.norm", "linalg.norm", "['x', 0, 0, {'ord': 2}]").replace("tf.norm", "norm"),
                lambda("mean", "math.reduce_mean", "['x', 0, 0, {'axis': [1]}]"),
                "{'class_name': 'SlicingOpLambda', 'name': 'slice', 'config': {'name': 'slice', 'function':"
                        + " '__operators__.getitem'}, 'inbound_nodes': [['x', 0, 0, {'slice_spec': 1}]]}");
        String text = inspect(file(dir, "f.h5", KerasFiles.model("2.8.0", json).bytes()))
                .toString();
        assertTrue(text.contains("layer 'norm' (TFOpLambda): it calls the function norm with ord = 2"), text);
        assertTrue(text.contains("layer 'mean' (TFOpLambda): it calls the function reduce_mean"), text);
        assertTrue(text.contains("layer 'slice' (SlicingOpLambda): it slices a tensor"), text);
    }
}
