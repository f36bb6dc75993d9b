package dev.convoy.graph.pass;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphVerifier;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The passes that bring a graph into the form a backend compiles. A pass that changes nothing returns the graph it
 * was given. One that changes something leaves fewer unclaimed composites, or as many and fewer ops in a foreign
 * layout, or as many and fewer transposed elements, or fewer nodes that compute or that take a Pad; so repeating them
 * comes to an end, and preparing a prepared graph gives it back. Layouts are assigned before composites are decomposed,
 * as a composite knows how to work along other axes, and after.
 */
public final class Passes {

    private Passes() {}

    /**
     * A graph that computes the same in a backend's layout and without composites that it does not claim. Named
     * dimensions may stay; a graph prepared once can be bound to several batch sizes and keeps its constants.
     *
     * @param layout the layout in which the backend wants spatial ops
     * @param claims whether the backend runs a composite node as it is
     * @return the same graph if it is prepared already
     * @throws dev.convoy.graph.GraphException if a pass leaves a graph that breaks a rule
     */
    public static Graph prepare(Graph graph, Layout layout, Predicate<Node> claims) {
        List<UnaryOperator<Graph>> passes = List.of(
                ConstantFolding::fold,
                Simplification::simplify,
                PadFolding::fold,
                BatchNormFolding::fold,
                g -> LayoutAssignment.assign(g, layout),
                g -> Legalizer.legalize(g, claims),
                ConstantFolding::fold,
                Simplification::simplify,
                g -> LayoutAssignment.assign(g, layout),
                CommonSubexpressions::eliminate,
                DeadNodeElimination::eliminate);
        Graph before;
        Graph current = GraphVerifier.verify(graph);
        do {
            before = current;
            for (UnaryOperator<Graph> pass : passes) {
                current = verified(current, Rewrites.everywhere(current, pass));
            }
        } while (current != before);
        return current;
    }

    private static Graph verified(Graph before, Graph after) {
        return after == before ? after : GraphVerifier.verify(after);
    }
}
