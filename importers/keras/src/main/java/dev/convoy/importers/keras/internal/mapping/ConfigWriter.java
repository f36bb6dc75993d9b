package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.Layout;
import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.layers.ActivationFn;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Padding;
import dev.convoy.layers.Weight;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration of one layer, stated key by key in the words of Keras 3; what {@link LayerConfig} reads. Keys that only
 * newer versions of Keras 3 know are left out while they hold the default, so that older ones load the file too.
 */
final class ConfigWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode config = JSON.objectNode();
    private final List<TensorSpec> inputs;

    /**
     * @param name the layer's
     * @param trainable false if it is frozen
     * @param inputs what it is called with
     */
    ConfigWriter(String name, boolean trainable, List<TensorSpec> inputs) {
        this.inputs = inputs;
        config.put("name", name).put("trainable", trainable);
        config.set("dtype", KerasObjects.float32());
    }

    ObjectNode config() {
        return config;
    }

    /** What the layer is called with; nothing in an {@code activation}. */
    List<TensorSpec> inputs() {
        return inputs;
    }

    ConfigWriter put(String key, int value) {
        config.put(key, value);
        return this;
    }

    ConfigWriter put(String key, double value) {
        config.put(key, value);
        return this;
    }

    ConfigWriter put(String key, boolean value) {
        config.put(key, value);
        return this;
    }

    ConfigWriter put(String key, String value) {
        config.put(key, value);
        return this;
    }

    ConfigWriter put(String key, List<Integer> values) {
        config.set(key, KerasObjects.integers(values));
        return this;
    }

    ConfigWriter put(String key, JsonNode value) {
        config.set(key, value);
        return this;
    }

    ConfigWriter putNull(String key) {
        config.putNull(key);
        return this;
    }

    /** A key that this class does not write, although others of its kind do. */
    ConfigWriter without(String key) {
        config.remove(key);
        return this;
    }

    /** One number by itself, several in a list. */
    ConfigWriter axes(String key, List<Integer> axes) {
        return axes.size() == 1 ? put(key, axes.getFirst()) : put(key, axes);
    }

    /** {@code data_format}. */
    ConfigWriter layout(Layout layout) {
        return put("data_format", layout.name().toLowerCase(Locale.ROOT));
    }

    /** {@code padding} as a word. */
    ConfigWriter padding(Padding padding) {
        return switch (padding.kind()) {
            case VALID, SAME, CAUSAL -> put("padding", padding.kind().name().toLowerCase(Locale.ROOT));
            case EXPLICIT ->
                throw unsupported(
                        "padding " + padding.before() + " before and " + padding.after() + " after",
                        "put a ZeroPadding layer in front and use valid");
        };
    }

    ConfigWriter activation(ActivationFn function) {
        return put("activation", ActivationNames.write(function));
    }

    /** How a parameter is trained: {@code <prefix>_initializer}, {@code _regularizer} and {@code _constraint}. */
    ConfigWriter weight(String prefix, Weight weight) {
        return put(prefix + "_initializer", TrainingSettings.writeInitializer(weight.initializer()))
                .put(prefix + "_regularizer", TrainingSettings.writeRegularizer(weight.regularizer()))
                .put(prefix + "_constraint", TrainingSettings.writeConstraint(weight.constraint()));
    }

    /** A layer inside this one. */
    ConfigWriter layer(String key, Layer layer, List<TensorSpec> itsInputs) {
        return put(key, LayerEntries.of(layer, config.path("trainable").booleanValue(), itsInputs));
    }

    /** Insists on a setting that Keras has no key for. */
    void require(boolean representable, String what, @Nullable String remedy) {
        if (!representable) {
            throw unsupported(what, remedy);
        }
    }

    static FormatException unsupported(String what, @Nullable String remedy) {
        return new FormatException(
                "Keras 3 has no " + what, remedy == null ? "export the model as ONNX instead" : remedy);
    }

    static ArrayNode array() {
        return JSON.arrayNode();
    }
}
