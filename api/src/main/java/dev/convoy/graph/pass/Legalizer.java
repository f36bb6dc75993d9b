package dev.convoy.graph.pass;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Replaces composites that a backend does not claim by their decompositions, until none is left; also in the bodies of
 * Scans.
 */
public final class Legalizer {

    private Legalizer() {}

    /**
     * @param claims whether the backend runs a composite node as it is
     * @return the same graph if there is nothing to decompose
     */
    public static Graph legalize(Graph graph, Predicate<Node> claims) {
        Graph before;
        Graph current = graph;
        do {
            before = current;
            current = Rewrites.everywhere(
                    before, g -> Rewrites.apply(g, (b, node, inputs) -> decompose(b, node, inputs, claims)));
        } while (current != before);
        return current;
    }

    private static @Nullable List<Value> decompose(
            GraphBuilder g, Node node, List<Value> inputs, Predicate<Node> claims) {
        return node.op() instanceof CompositeOp composite && !claims.test(node) ? composite.decompose(g, inputs) : null;
    }
}
