package dev.convoy.spi.interpret;

import dev.convoy.graph.Graph;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Lifecycle;
import dev.convoy.spi.State;
import dev.convoy.spi.Support;
import dev.convoy.tensor.Parameters;

/**
 * A backend that is a set of kernels: what is left to a subclass is its name, its layout, which composites it claims,
 * what it cannot run, and the kernels.
 */
public abstract class InterpretingBackend implements Backend {

    private final Lifecycle lifecycle = new Lifecycle("this backend");

    /** The kernels for a graph that {@link #check} found nothing against. */
    protected abstract Kernels kernels(Graph graph);

    @Override
    public final Executable compile(Graph graph) {
        lifecycle.check();
        Support support = check(graph);
        if (!support.isFull()) {
            throw new BackendException("Backend '" + name() + "' cannot run this graph: " + support.problems());
        }
        return lifecycle.adopt(new InterpretedExecutable(this, graph, kernels(graph)));
    }

    @Override
    public final State state(Parameters parameters) {
        lifecycle.check();
        return lifecycle.adopt(new HostState(this, parameters));
    }

    final void forget(Lifecycle.Closing child) {
        lifecycle.forget(child);
    }

    @Override
    public final void close() {
        if (lifecycle.close()) {
            release();
        }
    }

    /** Lets go of what the backend itself holds, such as threads; called once, after everything it made is closed. */
    protected void release() {}
}
