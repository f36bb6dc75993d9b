package dev.convoy.spi;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.tensor.Parameters;

/**
 * Compiles graphs. Thread-safe. Graphs reach it through {@link Compilation}, which verifies, lays out and legalises
 * them: a backend sees core ops in its {@link #layout}, composites it {@link #claims}, and known shapes.
 */
public interface Backend extends AutoCloseable {

    /** The name of its provider. */
    String name();

    /** What it computes with, in a few words for people: instructions, a graphics card; its name by default. */
    default String device() {
        return name();
    }

    /** The layout in which it wants spatial ops. */
    Layout layout();

    /** Whether it runs this composite as it is; asked for nodes whose op is a {@link dev.convoy.graph.CompositeOp}. */
    boolean claims(Node composite);

    /** Whether the graph's named dimensions may stay named. If not, graphs are bound to each batch size they meet. */
    default boolean acceptsNamedDimensions() {
        return false;
    }

    /**
     * How many threads can run sessions at once with profit. A predictor has more of them wait for their turn, unless their
     * runs are very short. By default there is no limit.
     */
    default int callers() {
        return Integer.MAX_VALUE;
    }

    /** Every node that it cannot run, at once. */
    Support check(Graph graph);

    /**
     * @param graph verified, laid out and legalised
     * @throws BackendException if the graph cannot be run; {@link #check} would have said so
     */
    Executable compile(Graph graph);

    /**
     * Brings parameters to the device in the backend's own form. Executables of graphs that name these parameters can be
     * opened on it together, and each then sees the updates of the others.
     */
    State state(Parameters parameters);

    /** Closes every executable and state it made. */
    @Override
    void close();
}
