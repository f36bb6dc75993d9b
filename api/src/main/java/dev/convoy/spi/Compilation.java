package dev.convoy.spi;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Node;
import dev.convoy.graph.pass.Passes;
import java.util.stream.Collectors;

/** The way from any graph to an executable: passes, the backend's own check, and only then its compiler. */
public final class Compilation {

    private Compilation() {}

    /**
     * Runs the passes only. A graph with named dimensions that is prepared once, and bound to sizes after, keeps its folded
     * weights from size to size, so that a backend packs them once.
     */
    public static Graph prepare(Backend backend, Graph graph) {
        return Passes.prepare(graph, backend.layout(), backend::claims);
    }

    /**
     * @param graph any valid graph; its named dimensions must be bound unless the backend accepts them
     * @throws BackendException if the backend cannot run some of it; names every such node with its layer
     */
    public static Executable compile(Backend backend, Graph graph) {
        if (!graph.isBound() && !backend.acceptsNamedDimensions()) {
            throw new BackendException("Backend '" + backend.name()
                    + "' needs known sizes. Remedy: bind the graph's named dimensions first");
        }
        Graph prepared = prepare(backend, graph);
        Support support = backend.check(prepared);
        if (!support.isFull()) {
            throw new BackendException(refusal(backend, support));
        }
        return backend.compile(prepared);
    }

    private static String refusal(Backend backend, Support support) {
        String problems = support.problems().stream()
                .map(p -> "\n  " + p.node().op().name() + where(p.node()) + ": " + p.reason())
                .collect(Collectors.joining());
        String others = Backends.find().stream()
                .filter(f -> f.isAvailable() && !f.name().equals(backend.name()))
                .map(Backends.Found::name)
                .collect(Collectors.joining(", "));
        return "Backend '" + backend.name() + "' cannot run "
                + support.problems().size() + " of this graph's nodes:" + problems + "\nRemedy: "
                + (others.isEmpty() ? "put another backend on the class path; this is the only one" : "try " + others);
    }

    private static String where(Node node) {
        return node.origin().isEmpty() ? "" : " in layer '" + node.origin() + "'";
    }
}
