package dev.convoy.graph.pass;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import java.util.HashSet;
import java.util.Set;

/** Drops nodes that no output and no update needs. Inputs and parameters stay: they are the graph's signature. */
final class DeadNodeElimination {

    private DeadNodeElimination() {}

    /** The same graph if every node is needed. */
    static Graph eliminate(Graph graph) {
        Set<Value> needed = new HashSet<>(graph.outputs().values());
        needed.addAll(graph.updates().values());
        Set<Node> live = new HashSet<>();
        for (Node node : graph.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                live.add(node);
                needed.addAll(node.inputs());
            }
        }
        return live.size() == graph.nodes().size() ? graph : graph.retain(live);
    }
}
