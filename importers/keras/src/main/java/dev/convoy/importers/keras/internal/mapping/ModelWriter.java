package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.weights.CountedWeights;
import dev.convoy.importers.keras.internal.weights.LayerWeights.Slot;
import dev.convoy.importers.keras.internal.weights.StoredVariables;
import dev.convoy.layers.Layer;
import dev.convoy.models.CompileConfig;
import dev.convoy.models.LayerCall;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a model into what Keras 3 stores of one ({@code saving_lib}): its configuration, and its variables under counted
 * class names. Every layer that Keras cannot hold is reported.
 */
public final class ModelWriter {

    /** Deeper files are refused by those who read them under limits. */
    private static final int MOST_NESTED = 24;

    private static final Set<DataType> INPUT_TYPES = Set.of(DataType.FLOAT32, DataType.INT32, DataType.INT64);

    private final Problems problems;
    private final Map<String, Tensor> parameters;
    private final Set<String> frozen;
    private final List<StoredVariables> variables = new ArrayList<>();

    private ModelWriter(Model model, Problems problems) {
        this.problems = problems;
        this.parameters = model.parameters().asMap();
        this.frozen = model.frozen();
    }

    /**
     * A place in the model.
     *
     * @param path names from the outermost model down, empty for itself
     * @param group where its variables are kept
     * @param depth how many models it is in
     */
    private record Place(String path, String group, int depth) {

        static final Place ROOT = new Place("", "", 0);

        Place member(String name, String countedName) {
            String inner = path.isEmpty() ? name : path + "/" + name;
            String outer = group.isEmpty() ? "" : group + "/";
            return new Place(inner, outer + "layers/" + countedName, depth + 1);
        }
    }

    /**
     * Writes a model.
     *
     * @param compile how it was trained, or null
     * @param problems gets every layer that Keras 3 cannot hold; the result is of no use if there are any
     */
    public static WrittenModel write(Model model, @Nullable CompileConfig compile, Problems problems) {
        ModelWriter writer = new ModelWriter(model, problems);
        ObjectNode config = writer.model(model, Place.ROOT);
        config.set("compile_config", CompileWriter.write(compile));
        return new WrittenModel(config, writer.variables);
    }

    private ObjectNode model(Model model, Place place) {
        variables.add(new StoredVariables(place.group(), ModelBuilder.nameOf(model.name()), List.of()));
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("name", ModelBuilder.nameOf(model.name()))
                .put("trainable", isTrainable(place.path()));
        return model instanceof Sequential ? sequential(model, config, place) : functional(model, config, place);
    }

    /** Keras keeps no variables for the input of a Sequential. */
    private ObjectNode sequential(Model model, ObjectNode config, Place place) {
        TensorSpec input = model.inputs().firstEntry().getValue();
        config.set("dtype", KerasObjects.float32());
        ArrayNode layers =
                config.putArray("layers").add(input(model.inputs().firstEntry().getKey(), input, place));
        CountedNames names = new CountedNames();
        Connections connections = new Connections(model);
        for (LayerCall call : connections.calls()) {
            layers.add(layer(connections, call, place, names));
        }
        config.set("build_input_shape", KerasObjects.shape(input.shape()));
        return entry(KerasObjects.object("keras", "Sequential", config, null), KerasObjects.built(List.of(input)));
    }

    private ObjectNode functional(Model model, ObjectNode config, Place place) {
        Connections connections = new Connections(model);
        CountedNames names = new CountedNames();
        ArrayNode layers = config.putArray("layers");
        for (String name : KerasOrder.of(model)) {
            TensorSpec input = model.inputs().get(name);
            ObjectNode layer;
            if (input == null) {
                layer = layer(connections, connections.firstCall(name), place, names);
            } else {
                layer = input(name, input, place);
                String group = place.member(name, names.next("InputLayer")).group();
                variables.add(new StoredVariables(group, name, List.of()));
            }
            layers.add(layer);
            layer.put("name", name).set("inbound_nodes", connections.inboundNodes(name));
        }
        config.set("input_layers", connections.inputs());
        config.set("output_layers", connections.outputs());
        return entry(
                KerasObjects.object("keras.src.models.functional", "Functional", config, "Functional"),
                JsonNodeFactory.instance.objectNode().putNull("input_shape"));
    }

    private static ObjectNode entry(ObjectNode entry, ObjectNode built) {
        entry.set("build_config", built);
        entry.set("compile_config", JsonNodeFactory.instance.objectNode());
        return entry;
    }

    private boolean isTrainable(String path) {
        return frozen.stream().noneMatch(f -> path.equals(f) || path.startsWith(f + "/"));
    }

    private ObjectNode input(String name, TensorSpec spec, Place place) {
        String path = place.path().isEmpty() ? name : place.path() + "/" + name;
        if (name.contains("/")) {
            problems.add(path, "InputLayer", new FormatException("Keras 3 allows no '/' in names", "rename the input"));
        }
        if (!INPUT_TYPES.contains(spec.type())) {
            problems.add(
                    path,
                    "InputLayer",
                    new FormatException(
                            "inputs of " + spec.type() + " are not written", "take float32, int32 or int64"));
        }
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.set("batch_shape", KerasObjects.shape(spec.shape()));
        config.put("dtype", KerasObjects.type(spec)).put("sparse", false).put("name", name);
        return KerasObjects.object("keras.layers", "InputLayer", config, null);
    }

    /** A layer in the words of Keras; what cannot be said becomes a problem and stays empty. */
    private ObjectNode layer(Connections connections, LayerCall call, Place outer, CountedNames names) {
        LayerNode node = call.node();
        Layer layer = node.layer();
        List<TensorSpec> inputs = connections.inputs(call);
        try {
            if (layer instanceof Model inner) {
                Place place = outer.member(
                        node.name(), names.next(inner instanceof Sequential ? "Sequential" : "Functional"));
                if (place.depth() > MOST_NESTED) {
                    throw new FormatException(
                            "models are nested more than " + MOST_NESTED + " deep", "put their layers into one model");
                }
                return renamed(model(inner, place), node.name());
            }
            if (OpLayers.isWrittenAsOp(layer)) {
                return OpLayers.entry(layer, node.name());
            }
            Place place = outer.member(node.name(), names.next(layer.className()));
            ObjectNode entry = LayerEntries.of(layer, node.name(), isTrainable(place.path()), inputs);
            store(layer, inputs, place, node.name());
            JsonNode activation =
                    entry.path("config").path("activation").path("config").path("name");
            if (activation.isString()) {
                variables.add(new StoredVariables(place.group() + "/activation", activation.stringValue(), List.of()));
            }
            return entry;
        } catch (FormatException e) {
            String path = outer.path().isEmpty() ? node.name() : outer.path() + "/" + node.name();
            problems.add(path, layer.className(), e);
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** A model inside a model has the name that it has there. */
    private static ObjectNode renamed(ObjectNode entry, String name) {
        if (entry.path("config") instanceof ObjectNode config) {
            config.put("name", name);
        }
        return entry;
    }

    private void store(Layer layer, List<TensorSpec> inputs, Place place, String name) {
        Map<String, List<Tensor>> groups = new LinkedHashMap<>();
        groups.put("", new ArrayList<>());
        List<TensorSpec> sized = inputs.stream().map(InputShapes::withSizes).toList();
        for (Slot slot : Stored.slots(layer, layer.parameters(sized))) {
            Tensor tensor = slot.used()
                    ? parameters.get(place.path() + "/" + slot.name())
                    : Tensor.zeros(new TensorSpec(DataType.INT32, slot.shape()));
            if (tensor == null || slot.used() && tensor.type() != DataType.FLOAT32) {
                throw new FormatException(
                        "its parameter " + slot.name() + " is "
                                + (tensor == null ? "missing" : tensor.spec() + ", not float32"),
                        "give the model float32 parameters");
            }
            groups.computeIfAbsent(slot.group(), g -> new ArrayList<>()).add(tensor);
        }
        groups.forEach((group, tensors) -> variables.add(
                new StoredVariables(group.isEmpty() ? place.group() : place.group() + "/" + group, name, tensors)));
    }

    /** Names as {@code saving_lib} counts them: {@code conv2d}, {@code conv2d_1}, … */
    private static final class CountedNames {

        private final Map<String, Integer> used = new HashMap<>();

        String next(String className) {
            String base = CountedWeights.snake(className);
            int number = used.merge(base, 1, Integer::sum) - 1;
            return number == 0 ? base : base + "_" + number;
        }
    }
}
