package dev.convoy.models;

import dev.convoy.layers.Layer;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How a model is to be imported.
 *
 * @param layers for a class that the importer does not know, a factory that makes the layer from its configuration
 * @param pinned inputs whose value is fixed, by name; the model is loaded without them
 * @param inputs type and shape of inputs, by name, where they are to differ from what the file declares
 */
public record ImportOptions(
        Map<String, Function<Map<String, Object>, Layer>> layers,
        Map<String, Tensor> pinned,
        Map<String, TensorSpec> inputs) {

    public ImportOptions {
        layers = Map.copyOf(layers);
        pinned = Map.copyOf(pinned);
        inputs = Map.copyOf(inputs);
    }

    public static ImportOptions defaults() {
        return new ImportOptions(Map.of(), Map.of(), Map.of());
    }

    /**
     * These options with a class of the user's own.
     *
     * @param className as the file names it
     * @param factory gets the configuration as the file states it: maps, lists, strings, numbers, booleans and nulls
     */
    public ImportOptions layer(String className, Function<Map<String, Object>, Layer> factory) {
        return new ImportOptions(with(layers, className, factory), pinned, inputs);
    }

    /**
     * These options with a value for an input on which shapes depend (ONNX takes axes, sizes and pads as inputs); the model
     * is loaded with it and does not have that input any more.
     */
    public ImportOptions pinned(String input, Tensor value) {
        return new ImportOptions(layers, with(pinned, input, value), inputs);
    }

    /** These options with type and shape of an input, for example to fix an axis that the file leaves free. */
    public ImportOptions input(String name, TensorSpec spec) {
        return new ImportOptions(layers, pinned, with(inputs, name, spec));
    }

    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        Map<String, T> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
