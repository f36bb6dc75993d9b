package dev.convoy.spi.interpret;

import dev.convoy.graph.Graph;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Lifecycle;
import dev.convoy.spi.Plan;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import org.jspecify.annotations.Nullable;

/** A compiled graph of an {@link InterpretingBackend}. */
final class InterpretedExecutable implements Executable, Lifecycle.Closing {

    private final InterpretingBackend backend;
    private final Lifecycle lifecycle = new Lifecycle("this executable");
    private final Signature signature;
    private final Program program;

    InterpretedExecutable(InterpretingBackend backend, Graph graph, Kernels kernels) {
        this.backend = backend;
        signature = Signature.of(graph);
        program = Program.compile(graph, kernels);
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public Plan plan() {
        return program.plan();
    }

    @Override
    public Session open() {
        signature.requireFrozen();
        return session(null);
    }

    @Override
    public Session open(State state) {
        if (!(state instanceof HostState host)) {
            throw new IllegalArgumentException(
                    "The state belongs to another backend; make it with '" + backend.name() + "'");
        }
        host.verify(backend, signature);
        return session(host);
    }

    private Session session(@Nullable HostState state) {
        lifecycle.check();
        return lifecycle.adopt(new InterpretedSession(this, program, state));
    }

    void forget(InterpretedSession session) {
        lifecycle.forget(session);
    }

    @Override
    public void close() {
        if (lifecycle.close()) {
            backend.forget(this);
        }
    }
}
