package dev.convoy.importers.keras.internal.config;

import dev.convoy.importers.keras.internal.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code inbound_nodes}, {@code input_layers} and {@code output_layers}.
 *
 * <p>Up to Keras 2.15 a node is a list of {@code [layer, node, tensor]} or {@code [layer, node, tensor, kwargs]}, or one
 * of these by itself; {@code _CONSTANT_VALUE} in the layer's place makes the third entry a constant. In Keras 3 a node is
 * {@code {"args": […], "kwargs": {…}}} with tensors as {@code __keras_tensor__}.
 */
final class CallReader {

    private static final String CONSTANT = "_CONSTANT_VALUE";

    private CallReader() {}

    static List<CallDescription> calls(String layer, JsonNode inboundNodes) {
        List<CallDescription> calls = new ArrayList<>();
        for (JsonNode node : inboundNodes) {
            calls.add(node.isObject() ? keras3(node) : keras2(layer, node));
        }
        return calls;
    }

    private static CallDescription keras3(JsonNode node) {
        List<Argument> arguments = new ArrayList<>();
        node.path("args").forEach(a -> arguments.add(argument(a)));
        SequencedMap<String, Argument> named = new LinkedHashMap<>();
        node.path("kwargs").properties().forEach(e -> named.put(e.getKey(), argument(e.getValue())));
        return new CallDescription(arguments, named);
    }

    private static Argument argument(JsonNode node) {
        if (node.path("class_name").asString("").equals("__keras_tensor__")) {
            return new Argument.Tensor(ref(node.path("config").path("keras_history")));
        }
        if (node.isArray()) {
            List<Argument> items = new ArrayList<>();
            node.forEach(i -> items.add(argument(i)));
            if (items.stream().flatMap(Argument::tensors).findAny().isPresent()) {
                return new Argument.Several(items);
            }
        }
        return new Argument.Literal(node);
    }

    private static CallDescription keras2(String layer, JsonNode node) {
        List<Argument> arguments = new ArrayList<>();
        SequencedMap<String, Argument> named = new LinkedHashMap<>();
        List<JsonNode> tensors = new ArrayList<>();
        collect(layer, node, tensors);
        for (JsonNode tensor : tensors) {
            if (tensor.path(0).asString("").equals(CONSTANT)) {
                arguments.add(new Argument.Literal(tensor.path(2)));
            } else {
                arguments.add(new Argument.Tensor(ref(tensor)));
            }
            tensor.path(3)
                    .properties()
                    .forEach(e -> named.put(
                            e.getKey(),
                            isTriple(e.getValue())
                                    ? new Argument.Tensor(ref(e.getValue()))
                                    : new Argument.Literal(e.getValue())));
        }
        return new CallDescription(arguments, named);
    }

    /** The triples in a list, in a list of lists, or in a map. */
    private static void collect(String where, JsonNode node, List<JsonNode> triples) {
        if (isTriple(node)) {
            triples.add(node);
        } else if (node.isArray() || node.isObject()) {
            node.forEach(n -> collect(where, n, triples));
        } else {
            throw new FormatException("the connections of '" + where + "' are not understood: " + node, "");
        }
    }

    private static boolean isTriple(JsonNode node) {
        return node.isArray()
                && node.size() >= 3
                && node.get(0).isString()
                && node.get(1).isIntegralNumber();
    }

    /** Tensors of {@code input_layers} or {@code output_layers}: a list of triples, one triple, or a map of them. */
    static List<TensorRef> refs(String where, JsonNode node) {
        List<JsonNode> triples = new ArrayList<>();
        collect(where, node, triples);
        return triples.stream().map(CallReader::ref).toList();
    }

    /** The names in a map of tensors; none if it is a list. */
    static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(e -> {
            if (isTriple(e.getValue())) {
                names.add(e.getKey());
            }
        });
        return names.size() == node.size() ? names : List.of();
    }

    private static TensorRef ref(JsonNode triple) {
        if (!isTriple(triple) || !triple.get(2).isIntegralNumber()) {
            throw new FormatException("a reference to a layer's output is not understood: " + triple, "");
        }
        return new TensorRef(
                triple.get(0).asString(), triple.get(1).asInt(0), triple.get(2).asInt(0));
    }
}
