package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.Json;
import dev.convoy.layers.ActivationFn;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The functions behind {@code activation}: a name, a wrapped name, or a whole layer. */
final class ActivationNames {

    private static final Map<String, String> OTHER_NAMES =
            Map.of("swish", "silu", "hard_swish", "hard_silu", "relu_6", "relu6");

    /** Constants that Keras 3 has not, or computes differently. */
    private static final Map<Activations, String> NOT_KERAS = Map.of(
            Activations.HARD_SIGMOID_V2, "hard_sigmoid as Keras 1 and 2 compute it",
            Activations.GELU_APPROXIMATE, "gelu(approximate=True) by name",
            Activations.SPARSEMAX, "sparsemax as Martins and Astudillo (2016) define it");

    private ActivationNames() {}

    /**
     * The value of {@code activation}: a name, or a layer.
     *
     * @throws FormatException if Keras 3 has none
     */
    static JsonNode write(ActivationFn function) {
        return switch (function) {
            case Activations constant
            when NOT_KERAS.get(constant) != null ->
                throw ConfigWriter.unsupported(
                        String.valueOf(NOT_KERAS.get(constant)), "use another activation and train on");
            case Activations constant -> Json.tree(constant.name().toLowerCase(Locale.ROOT));
            case KerasSparsemax sparsemax -> Json.tree("sparsemax");
            case Layer layer -> LayerEntries.of(layer, true, List.of());
            default ->
                throw ConfigWriter.unsupported(
                        "activation like " + function.getClass().getSimpleName(),
                        "use a constant of Activations or an activation layer");
        };
    }

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
