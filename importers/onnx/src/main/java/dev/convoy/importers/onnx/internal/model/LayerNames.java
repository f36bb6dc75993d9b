package dev.convoy.importers.onnx.internal.model;

import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.importers.onnx.internal.file.NodeDescription;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names of layers: those of the nodes without a slash in front; a node without a name is called by its operator,
 * {@code conv}, {@code conv_1}, …. No two layers, and no layer and an input, have one name.
 */
final class LayerNames {

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> next = new HashMap<>();
    private final Map<NodeDescription, String> names = new IdentityHashMap<>();

    LayerNames(GraphDescription graph) {
        graph.inputs().forEach(input -> taken.add(input.name()));
        for (NodeDescription node : graph.nodes()) {
            String name = path(node.name());
            if (!name.isEmpty()) {
                names.put(node, unique(name));
            }
        }
        for (NodeDescription node : graph.nodes()) {
            names.computeIfAbsent(node, n -> unique(snake(n.opType())));
        }
    }

    /** Without empty parts. */
    private static String path(String name) {
        return Arrays.stream(name.split("/"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }

    String of(NodeDescription node) {
        return names.getOrDefault(node, node.opType());
    }

    /** A layer's name for a value that a layer of its own gives. */
    String ofValue(String value) {
        String name = path(value);
        return unique(name.isEmpty() ? "initializer" : name);
    }

    private String unique(String base) {
        String name = base;
        while (!taken.add(name)) {
            name = base + "_" + next.merge(base, 1, Integer::sum);
        }
        return name;
    }

    private static String snake(String opType) {
        return opType.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
