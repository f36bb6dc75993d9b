package dev.convoy.graph.pass;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphVerifier;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The passes that bring a graph into the form a backend compiles. */
public final class Passes {

    private Passes() {}

    /**
     * A graph that computes the same in a backend's layout and without composites that it does not claim.
     *
     * @param layout the layout in which the backend wants spatial ops
     * @param claims whether the backend runs a composite node as it is
     * @throws dev.convoy.graph.GraphException if a pass leaves a graph that breaks a rule
     */
    public static Graph prepare(Graph graph, Layout layout, Predicate<Node> claims) {
        List<UnaryOperator<Graph>> passes = List.of(g -> Legalizer.legalize(g, claims));
        Graph current = GraphVerifier.verify(graph);
        for (UnaryOperator<Graph> pass : passes) {
            current = GraphVerifier.verify(pass.apply(current));
        }
        return current;
    }
}
