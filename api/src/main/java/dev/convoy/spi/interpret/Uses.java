package dev.convoy.spi.interpret;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who takes each value of a graph. */
public final class Uses {

    private final Map<Value, List<Node>> users = new HashMap<>();
    private final Set<Value> leaving;

    private Uses(Graph graph) {
        leaving = new HashSet<>(graph.outputs().values());
        leaving.addAll(graph.updates().values());
        for (Node node : graph.nodes()) {
            node.inputs()
                    .forEach(v ->
                            users.computeIfAbsent(v, _ -> new ArrayList<>()).add(node));
        }
    }

    public static Uses of(Graph graph) {
        return new Uses(graph);
    }

    /** The nodes that take a value, once for each operand. */
    public List<Node> users(Value value) {
        return users.getOrDefault(value, List.of());
    }

    /** Whether a value is an output or an update of the graph. */
    public boolean leaves(Value value) {
        return leaving.contains(value);
    }

    /** The node that alone takes a value, as one operand; empty if there are more, none, or the value leaves the graph. */
    public Optional<Node> onlyUser(Value value) {
        List<Node> takers = users(value);
        return takers.size() == 1 && !leaves(value) ? Optional.of(takers.getFirst()) : Optional.empty();
    }
}
