package dev.convoy.importers.onnx.internal.model;

import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.node.OperatorTable;
import dev.convoy.importers.onnx.internal.node.Types;
import dev.convoy.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a graph follow from constants and shapes alone, and which nodes compute them. Values that follow from
 * weights are foreseen too, but told apart: they change when the model is trained.
 */
final class Foresight {

    private final OperatorTable operators;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, NodeDescription> producers = new HashMap<>();
    private final Map<NodeDescription, Integer> positions = new IdentityHashMap<>();
    private final Set<String> foreseen = new HashSet<>();
    private final Set<String> weighted = new HashSet<>();

    /**
     * @param given values of inputs that are pinned
     */
    Foresight(GraphDescription graph, Map<String, Tensor> given, OperatorTable operators) {
        this.operators = operators;
        tensors.putAll(graph.initializers());
        tensors.putAll(graph.constants());
        tensors.putAll(given);
        tensors.forEach((name, tensor) -> {
            foreseen.add(name);
            if (isWeight(tensor)) {
                weighted.add(name);
            }
        });
        for (NodeDescription node : graph.nodes()) {
            positions.put(node, positions.size());
            node.outputs().stream().filter(o -> !o.isEmpty()).forEach(o -> producers.put(o, node));
            List<String> read = read(node);
            if (foreseen.containsAll(read)) {
                foreseen.addAll(node.outputs());
                if (read.stream().anyMatch(weighted::contains)) {
                    weighted.addAll(node.outputs());
                }
            }
        }
    }

    /** The values that a node uses, those left out of which it reads type and shape alone. */
    private List<String> read(NodeDescription node) {
        List<String> described = described(node);
        return node.uses().stream().filter(v -> !described.contains(v)).toList();
    }

    private List<String> described(NodeDescription node) {
        return operators
                .find(node)
                .map(operator -> IntStream.range(0, node.inputs().size())
                        .filter(operator::describes)
                        .mapToObj(i -> node.inputs().get(i))
                        .toList())
                .orElse(List.of());
    }

    /** A tensor of real numbers is taken for a weight, a single number for a setting. */
    static boolean isWeight(Tensor tensor) {
        return Types.isReal(tensor.type()) && tensor.size() > 1;
    }

    /** The tensor that the file, or who loads it, gives for a value; null if it is computed. */
    @Nullable
    Tensor tensor(String value) {
        return tensors.get(value);
    }

    /** The node that computes a value; null for inputs and constants. */
    @Nullable
    NodeDescription producer(String value) {
        return producers.get(value);
    }

    /** Whether a value follows from constants and shapes alone. */
    boolean isForeseen(String value) {
        return foreseen.contains(value);
    }

    /** Whether a value follows from weights. */
    boolean isWeighted(String value) {
        return weighted.contains(value);
    }

    /** Whether all results of a node are foreseen. */
    boolean isForeseen(NodeDescription node) {
        return foreseen.containsAll(node.outputs());
    }

    /** Whether one of some nodes is among those that a value is computed by. */
    boolean follows(String value, Set<NodeDescription> nodes) {
        Set<String> seen = new HashSet<>();
        Deque<String> pending = new ArrayDeque<>(List.of(value));
        while (!nodes.isEmpty() && !pending.isEmpty()) {
            NodeDescription node = producers.get(pending.pop());
            if (node != null && nodes.contains(node)) {
                return true;
            }
            if (node != null) {
                node.uses().stream().filter(seen::add).forEach(pending::push);
            }
        }
        return false;
    }

    /** What a value that is not foreseen is computed from: inputs of the graph, in the order they are met. */
    SequencedSet<String> origins(String value) {
        SequencedSet<String> origins = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> pending = new ArrayDeque<>(List.of(value));
        while (!pending.isEmpty()) {
            String name = pending.pop();
            NodeDescription node = producers.get(name);
            if (isForeseen(name) || !seen.add(name)) {
                continue;
            }
            if (node == null) {
                origins.add(name);
            } else {
                read(node).forEach(pending::add);
            }
        }
        return origins;
    }

    /** The nodes that compute a foreseen value. */
    Slice slice(String value) {
        Map<Integer, NodeDescription> nodes = new TreeMap<>();
        Map<String, Tensor> constants = new HashMap<>();
        Set<String> shaped = new HashSet<>();
        Deque<String> pending = new ArrayDeque<>(List.of(value));
        while (!pending.isEmpty()) {
            String name = pending.pop();
            Tensor tensor = tensors.get(name);
            NodeDescription node = producers.get(name);
            if (tensor != null) {
                constants.put(name, tensor);
            } else if (node != null && nodes.put(positions.get(node), node) == null) {
                pending.addAll(read(node));
                described(node).forEach(described -> {
                    if (isForeseen(described) && !isWeighted(described)) {
                        pending.add(described);
                    } else {
                        shaped.add(described);
                    }
                });
            }
        }
        return new Slice(List.copyOf(nodes.values()), constants, shaped, value, operators);
    }
}
