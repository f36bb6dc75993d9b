package dev.convoy.spi.interpret;

import dev.convoy.graph.Node;
import java.util.List;

/** Says which nodes a backend computes together. */
@FunctionalInterface
public interface FusionRule {

    /**
     * The chain that starts at a node: each further node takes a result of an earlier one, and no result but the last
     * node's is used outside the chain ({@link Uses#onlyUser} tells).
     *
     * @return the nodes in the graph's order, {@code first} first; fewer than two if nothing is joined
     */
    List<Node> match(Node first, Uses uses);
}
