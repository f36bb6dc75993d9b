package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.GlobalAveragePooling1D;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Softmax;
import dev.convoy.layers.TimeDistributed;
import dev.convoy.models.LayerCall;
import dev.convoy.models.LayerCall.Source;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the layers of a Functional model call each other, as Keras 3 writes it: a node for each call of a layer, and tensors
 * as {@code [layer, node, tensor]}. Nodes count from 0, but in {@code output_layers} those of a Functional model inside the
 * model count from 1 ({@code get_config} in {@code models/functional.py}).
 */
final class Connections {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Model model;
    private final List<LayerCall> all;
    private final Map<String, List<LayerCall>> calls = new HashMap<>();
    private final List<Integer> nodes = new ArrayList<>();

    Connections(Model model) {
        this.model = model;
        this.all = model.calls();
        for (LayerCall call : all) {
            List<LayerCall> own = calls.computeIfAbsent(call.node().name(), n -> new ArrayList<>());
            nodes.add(own.size());
            own.add(call);
        }
    }

    LayerCall firstCall(String layer) {
        return calls.getOrDefault(layer, List.of()).getFirst();
    }

    List<LayerCall> calls() {
        return all;
    }

    /** What a layer is called with. */
    List<TensorSpec> inputs(LayerCall layer) {
        List<TensorSpec> specs = new ArrayList<>();
        for (Source source : layer.inputs()) {
            switch (source) {
                case Source.OfInput(String name) -> {
                    TensorSpec spec = model.inputs().get(name);
                    if (spec != null) {
                        specs.add(spec);
                    }
                }
                case Source.OfCall(int call, int output) ->
                    specs.add(all.get(call).outputs().get(output));
            }
        }
        return specs;
    }

    /** {@code inbound_nodes}: what each call of a layer is called with; nothing for an input. */
    ArrayNode inboundNodes(String layer) {
        ArrayNode inbound = JSON.arrayNode();
        for (LayerCall call : calls.getOrDefault(layer, List.of())) {
            ObjectNode node = JSON.objectNode();
            node.set("args", arguments(call));
            node.set("kwargs", named(call.node().layer()));
            inbound.add(node);
        }
        return inbound;
    }

    private ArrayNode arguments(LayerCall call) {
        List<TensorSpec> specs = inputs(call);
        List<ObjectNode> tensors = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            tensors.add(KerasObjects.tensor(specs.get(i), history(call.inputs().get(i), 0)));
        }
        Layer layer = call.node().layer();
        if (OpLayers.isWrittenAsOp(layer)) {
            return OpLayers.arguments(layer, tensors);
        }
        return tensors.size() == 1
                ? JSON.arrayNode().add(tensors.getFirst())
                : JSON.arrayNode().add(JSON.arrayNode().addAll(tensors));
    }

    /** Keras notes the mask that a layer asks for, and that there is none. */
    private static ObjectNode named(Layer layer) {
        return switch (layer) {
            case Model m -> JSON.objectNode().putNull("mask");
            case BatchNormalization b -> JSON.objectNode().putNull("mask");
            case Softmax s -> JSON.objectNode().putNull("mask");
            case GlobalAveragePooling1D p -> JSON.objectNode().putNull("mask");
            case TimeDistributed t -> JSON.objectNode().putNull("mask");
            default -> JSON.objectNode();
        };
    }

    private ArrayNode history(Source source, int firstOfModel) {
        return switch (source) {
            case Source.OfInput(String name) -> KerasObjects.history(name, 0, 0);
            case Source.OfCall(int call, int output) -> {
                LayerNode node = all.get(call).node();
                boolean functional = node.layer() instanceof Model && !(node.layer() instanceof Sequential);
                yield KerasObjects.history(node.name(), nodes.get(call) + (functional ? firstOfModel : 0), output);
            }
        };
    }

    /** {@code input_layers}: the only input by itself, so that the model takes a tensor and not a list of one. */
    JsonNode inputs() {
        return oneOrAll(model.inputs().keySet().stream()
                .map(name -> KerasObjects.history(name, 0, 0))
                .toList());
    }

    private static JsonNode oneOrAll(List<ArrayNode> tensors) {
        return tensors.size() == 1 ? tensors.getFirst() : JSON.arrayNode().addAll(tensors);
    }

    /** {@code output_layers}: as the inputs, or by name if the model names its outputs itself. */
    JsonNode outputs() {
        List<Source> results = model.results();
        if (List.copyOf(model.outputs().keySet()).equals(defaultNames(results))) {
            return oneOrAll(results.stream().map(r -> history(r, 1)).toList());
        }
        ObjectNode outputs = JSON.objectNode();
        int index = 0;
        for (String name : model.outputs().keySet()) {
            outputs.set(name, history(results.get(index++), 1));
        }
        return outputs;
    }

    /** The names that outputs have if nobody names them: those of their layers. */
    private List<String> defaultNames(List<Source> results) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (Source result : results) {
            String base = switch (result) {
                case Source.OfInput(String name) -> name;
                case Source.OfCall(int call, int output) -> all.get(call).node().name();
            };
            String name = base;
            for (int i = 1; !taken.add(name); i++) {
                name = base + "_" + i;
            }
            names.add(name);
        }
        return names;
    }
}
