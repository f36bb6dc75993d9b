package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.layers.ActivationFn;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The functions behind {@code activation}: a name, a wrapped name, or a whole layer. */
final class ActivationNames {

    private static final Map<String, String> OTHER_NAMES =
            Map.of("swish", "silu", "hard_swish", "hard_silu", "relu_6", "relu6");

    private ActivationNames() {}

    static ActivationFn of(JsonNode value, LayerConfig owner) {
        if (value.isMissingNode()) {
            return Activations.LINEAR;
        }
        if (value.isString()) {
            return named(value.stringValue(), owner);
        }
        String className = value.path("class_name").asString("");
        JsonNode inner = value.path("config");
        if (inner.isString()) {
            return named(inner.stringValue(), owner);
        }
        if (className.isEmpty()) {
            throw owner.wrong("activation", "a name or a layer", value);
        }
        return inner.isObject() && KerasLayers.find(className).isPresent()
                ? layer(className, inner, owner)
                : named(className, owner);
    }

    private static ActivationFn layer(String className, JsonNode config, LayerConfig owner) {
        Layer layer = KerasLayers.map(new LayerConfig(className, config, owner.version(), new ArrayList<>()));
        if (layer instanceof ActivationFn function) {
            return function;
        }
        throw new FormatException(
                "a " + className + " cannot be an activation",
                "put it behind the layer as a layer of its own in Python");
    }

    private static ActivationFn named(String name, LayerConfig owner) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("hard_sigmoid") && owner.version().major() < 3) {
            return Activations.HARD_SIGMOID_V2;
        }
        if (lower.equals("sparsemax")) {
            return new KerasSparsemax();
        }
        return constant(OTHER_NAMES.getOrDefault(lower, lower))
                .orElseThrow(() -> new FormatException(
                        "the activation '" + name + "' is not supported",
                        "rebuild the layer in Python with one of: "
                                + Arrays.toString(Activations.values()).toLowerCase(Locale.ROOT)));
    }

    private static Optional<ActivationFn> constant(String name) {
        return Arrays.<ActivationFn>stream(Activations.values())
                .filter(a -> a != Activations.HARD_SIGMOID_V2 && a.toString().equalsIgnoreCase(name))
                .findFirst();
    }
}
