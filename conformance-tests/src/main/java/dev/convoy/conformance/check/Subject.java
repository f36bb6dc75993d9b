package dev.convoy.conformance.check;

import dev.convoy.graph.Graph;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The backend under test. Used by one thread. */
public final class Subject implements AutoCloseable {

    private final BackendProvider provider;
    private final Profile profile;
    private @Nullable Backend shared;

    public Subject(BackendProvider provider, Profile profile) {
        this.provider = provider;
        this.profile = profile;
    }

    public BackendProvider provider() {
        return provider;
    }

    /** The backend that checks share; they leave it open. */
    public Backend backend() {
        if (shared == null) {
            shared = provider.create(BackendOptions.defaults());
        }
        return shared;
    }

    /** A backend of the check's own, which it closes. */
    public Backend open(BackendOptions options) {
        return provider.create(options);
    }

    /**
     * @throws NotApplicableException if the backend's profile says it lacks the capability
     */
    public void require(Capability capability) {
        if (profile.lacks().contains(capability)) {
            throw new NotApplicableException("'" + provider.name() + "' does not claim " + capability);
        }
    }

    /** Compiles a graph without parameters on the shared backend, runs it once and fetches all outputs. */
    public Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
        return run(backend(), graph, inputs);
    }

    /** The same on any backend. */
    public static Map<String, Tensor> run(Backend backend, Graph graph, Map<String, Tensor> inputs) {
        try (Executable executable = Compilation.compile(backend, graph);
                Session session = executable.open()) {
            return session.run(inputs, graph.outputs().keySet());
        }
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }
}
