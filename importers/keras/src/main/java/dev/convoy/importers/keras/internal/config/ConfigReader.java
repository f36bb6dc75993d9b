package dev.convoy.importers.keras.internal.config;

import dev.convoy.importers.keras.internal.FormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns a model's configuration, of any Keras version, into a {@link ModelDescription}. */
public final class ConfigReader {

    private static final Set<String> FUNCTIONAL = Set.of("Functional", "Model", "Container");

    private ConfigReader() {}

    /**
     * Reads {@code {"class_name": …, "config": …}}, as in {@code model_config}, {@code config.json} and
     * {@code model.to_json()}.
     *
     * @throws FormatException if it is no model, or a class of its own that Keras cannot describe either
     */
    public static ModelDescription model(JsonNode root) {
        String className = root.path("class_name").asString("");
        ModelDescription model = className.isEmpty() ? null : modelOf(root, className, "");
        if (className.isEmpty()) {
            throw new FormatException(
                    "the JSON is no Keras architecture: it has no class_name",
                    "write it with model.to_json(), or save the whole model with model.save(\"model.keras\")");
        }
        if (model == null) {
            throw new FormatException(
                    "the model is of class " + className
                            + ", written in Python by its author (subclassed): the file does not say what it computes",
                    "rebuild it in Python as a Sequential or Functional model, copy the weights and save that");
        }
        return model;
    }

    /** A model, or null if it is a layer, or a class with Python code of its own. */
    private static @Nullable ModelDescription modelOf(JsonNode node, String className, String path) {
        JsonNode config = node.path("config");
        if (className.equals("Sequential")) {
            return sequential(node, config, path);
        }
        return FUNCTIONAL.contains(className) && config.path("layers").isArray() ? functional(config, path) : null;
    }

    private static ModelDescription sequential(JsonNode node, JsonNode config, String path) {
        JsonNode layers = config.isArray() ? config : config.path("layers");
        if (!layers.isArray()) {
            throw new FormatException("a Sequential has no list of layers" + in(path), "");
        }
        List<LayerDescription> read = layers(layers, path, false);
        JsonNode shape = config.path("build_input_shape");
        if (shape.isMissingNode() || shape.isNull()) {
            shape = node.path("build_config").path("input_shape");
        }
        return new ModelDescription.Sequential(
                config.path("name").asString("sequential"), read, shape.isArray() ? shape : null);
    }

    private static ModelDescription functional(JsonNode config, String path) {
        List<LayerDescription> layers = layers(config.path("layers"), path, true);
        return new ModelDescription.Functional(
                config.path("name").asString("model"),
                layers,
                CallReader.refs("input_layers", config.path("input_layers")),
                outputs(config, layers),
                CallReader.names(config.path("output_layers")));
    }

    /**
     * Keras 3 counts the calls of a Functional model inside a model from 0 where layers call each other, and from 1 in
     * {@code output_layers} ({@code get_config} in {@code models/functional.py}); here all count from 0.
     */
    private static List<TensorRef> outputs(JsonNode config, List<LayerDescription> layers) {
        List<TensorRef> outputs = CallReader.refs("output_layers", config.path("output_layers"));
        boolean keras3 = config.path("layers")
                .valueStream()
                .flatMap(l -> l.path("inbound_nodes").valueStream())
                .anyMatch(JsonNode::isObject);
        if (!keras3) {
            return outputs;
        }
        Set<String> functional = layers.stream()
                .filter(l -> l.model() instanceof ModelDescription.Functional)
                .map(LayerDescription::name)
                .collect(Collectors.toSet());
        return outputs.stream()
                .map(o -> functional.contains(o.layer()) && o.node() > 0
                        ? new TensorRef(o.layer(), o.node() - 1, o.tensor())
                        : o)
                .toList();
    }

    private static List<LayerDescription> layers(JsonNode nodes, String path, boolean connected) {
        List<LayerDescription> layers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode node : nodes) {
            LayerDescription layer = layer(node, path, layers.size(), connected);
            if (!names.add(layer.name())) {
                throw new FormatException("two layers are named '" + layer.name() + "'" + in(path), "");
            }
            layers.add(layer);
        }
        return layers;
    }

    private static LayerDescription layer(JsonNode node, String path, int index, boolean connected) {
        String className = node.path("class_name").asString("");
        JsonNode config = node.path("config");
        if (className.isEmpty() || !(config.isObject() || config.isArray())) {
            throw new FormatException("layer " + index + in(path) + " has no class_name or no config", "");
        }
        String name = node.path("name").asString(config.path("name").asString(""));
        if (name.isEmpty()) {
            name = className.toLowerCase(Locale.ROOT) + "_" + index;
        }
        String layerPath = path.isEmpty() ? name : path + "/" + name;
        String shortName = className.substring(className.lastIndexOf('>') + 1);
        return new LayerDescription(
                layerPath,
                name,
                shortName,
                origin(node, className),
                config,
                connected ? CallReader.calls(layerPath, node.path("inbound_nodes")) : List.of(),
                modelOf(node, shortName, layerPath));
    }

    /** {@code registered_name} as {@code package>Class}, or the module of functions and of classes outside of Keras. */
    private static String origin(JsonNode node, String className) {
        String registered = node.path("registered_name").asString("");
        int separator = Math.max(registered.indexOf('>'), className.indexOf('>'));
        if (separator > 0) {
            String full = registered.indexOf('>') > 0 ? registered : className;
            String origin = full.substring(0, full.indexOf('>'));
            return origin.equals("keras") ? "" : origin;
        }
        String module = node.path("module").asString("");
        boolean ops = module.startsWith("keras.ops") || module.startsWith("keras.src.ops");
        boolean own = module.isEmpty() || module.startsWith("keras") || module.equals("builtins");
        return own && !ops ? "" : module;
    }

    private static String in(String path) {
        return path.isEmpty() ? "" : " in '" + path + "'";
    }
}
