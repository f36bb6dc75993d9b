package dev.convoy.spi;

import dev.convoy.graph.Node;
import java.util.List;

/**
 * What a backend cannot run of a graph.
 *
 * @param problems one for each node; empty if all can run
 */
public record Support(List<Problem> problems) {

    /** A backend that can run the whole graph. */
    public static final Support FULL = new Support(List.of());

    /**
     * @param node what it cannot run
     * @param reason why not, {@code float64 is not supported} for example
     */
    public record Problem(Node node, String reason) {}

    public Support {
        problems = List.copyOf(problems);
    }

    public boolean isFull() {
        return problems.isEmpty();
    }
}
