package dev.convoy.graph.pass;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphRewriter;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Replaces composites that a backend does not claim by their decompositions, until none is left. */
public final class Legalizer {

    private Legalizer() {}

    /**
     * @param claims whether the backend runs a composite node as it is
     */
    public static Graph legalize(Graph graph, Predicate<Node> claims) {
        Graph current = graph;
        while (current.nodes().stream().anyMatch(node -> isForeign(node, claims))) {
            current = GraphRewriter.rewrite(current, (g, node, inputs) -> decompose(g, node, inputs, claims));
        }
        return current;
    }

    private static boolean isForeign(Node node, Predicate<Node> claims) {
        return node.op() instanceof CompositeOp && !claims.test(node);
    }

    private static @Nullable List<Value> decompose(
            GraphBuilder g, Node node, List<Value> inputs, Predicate<Node> claims) {
        return node.op() instanceof CompositeOp composite && !claims.test(node) ? composite.decompose(g, inputs) : null;
    }
}
