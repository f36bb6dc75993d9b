package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.Json;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.importers.keras.internal.file.KerasVersion;
import dev.convoy.layers.Layer;
import dev.convoy.models.ImportOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The Convoy layer of every layer of a model that is not itself a model or an input, by path. */
public final class MappedLayers {

    private static final String INPUT = "InputLayer";

    private final Map<String, Layer> layers = new HashMap<>();

    private MappedLayers() {}

    /** Maps all layers and reports every one that cannot be. */
    public static MappedLayers of(
            ModelDescription model, KerasVersion version, ImportOptions options, Problems problems) {
        MappedLayers mapped = new MappedLayers();
        mapped.add(model, version, options, problems);
        MaskCheck.of(model, problems);
        return mapped;
    }

    private void add(ModelDescription model, KerasVersion version, ImportOptions options, Problems problems) {
        for (LayerDescription layer : model.layers()) {
            ModelDescription inner = layer.model();
            if (inner != null) {
                add(inner, version, options, problems);
            } else if (OpLayers.isOp(layer) && !options.layers().containsKey(layer.className())) {
                checkCalls(layer, problems);
            } else if (!isInput(layer)) {
                try {
                    layers.put(layer.path(), layer(layer, version, options, problems));
                } catch (FormatException e) {
                    problems.add(layer, e);
                }
            }
        }
    }

    private static void checkCalls(LayerDescription layer, Problems problems) {
        try {
            layer.calls().forEach(call -> OpLayers.of(layer, call));
        } catch (FormatException e) {
            problems.add(layer, e);
        }
    }

    private static Layer layer(LayerDescription layer, KerasVersion version, ImportOptions options, Problems problems) {
        Function<Map<String, Object>, Layer> custom = options.layers().get(layer.className());
        if (custom != null) {
            return custom(custom, layer);
        }
        checkType(layer.config().path("dtype"), problems);
        String className = Keras1.className(layer.className());
        if (!layer.origin().isEmpty() || KerasLayers.find(className).isEmpty()) {
            throw Refusals.of(layer);
        }
        List<String> notes = new ArrayList<>();
        JsonNode config = Keras1.config(className, layer.config());
        Layer mapped = KerasLayers.map(new LayerConfig(className, config, version, notes));
        notes.forEach(n -> problems.note("layer '" + layer.path() + "': " + n));
        return mapped;
    }

    /** The factory belongs to the user, whose exceptions become problems of the layer. */
    @SuppressWarnings("unchecked")
    private static Layer custom(Function<Map<String, Object>, Layer> factory, LayerDescription layer) {
        Object config = Json.plain(layer.config());
        try {
            return factory.apply(config instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
        } catch (RuntimeException e) {
            throw new FormatException(
                    "the factory given for " + layer.className() + " failed: " + e,
                    "correct the factory in ImportOptions",
                    e);
        }
    }

    /** A name, or a policy {@code {"class_name": "DTypePolicy", "config": {"name": …}}}. */
    private static void checkType(JsonNode dtype, Problems problems) {
        String name = dtype.isObject() ? dtype.path("config").path("name").asString("") : dtype.asString("float32");
        switch (name.isEmpty() ? "float32" : name) {
            case "float32" -> {}
            case "float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16" ->
                problems.note("Keras computes this model in " + name + ", Convoy in float32");
            default -> {
                if (dtype.isObject() && dtype.path("class_name").asString("").startsWith("Quantized")
                        || name.contains("_from_")) {
                    throw new FormatException(
                            "it is quantised (" + name + "), which is not supported",
                            "save the model before it is quantised");
                }
            }
        }
    }

    static boolean isInput(LayerDescription layer) {
        return layer.className().equals(INPUT);
    }

    boolean has(LayerDescription layer) {
        return layers.containsKey(layer.path());
    }

    /**
     * The layer of a description.
     *
     * @throws FormatException if it is an input where a layer should be
     */
    Layer get(LayerDescription layer) {
        Layer mapped = layers.get(layer.path());
        if (mapped == null) {
            throw new FormatException("an input is called like a layer", "save the model anew from Keras");
        }
        return mapped;
    }
}
