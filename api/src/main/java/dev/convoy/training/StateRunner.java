package dev.convoy.training;

import dev.convoy.graph.Graph;
import dev.convoy.layers.Input;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.State;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Runs graphs whose batch is free on one state; compiles each once per batch size. */
final class StateRunner implements AutoCloseable {

    /** Graphs are told apart by identity. */
    private record Key(Graph graph, int batch) {}

    private final Backend backend;
    private final Map<Key, Executable> executables = new HashMap<>();
    private final Map<Key, Session> sessions = new HashMap<>();
    private State state;

    StateRunner(Backend backend, Parameters initial) {
        this.backend = backend;
        this.state = backend.state(initial);
    }

    /** What the state holds now. */
    Parameters read() {
        return state.read();
    }

    /** Starts again from other parameters. */
    void restart(Parameters parameters) {
        sessions.values().forEach(Session::close);
        sessions.clear();
        state.close();
        state = backend.state(parameters);
    }

    Map<String, Tensor> run(Graph graph, int batch, Map<String, Tensor> inputs, Set<String> fetch) {
        return sessions.computeIfAbsent(
                        new Key(graph, batch),
                        key -> executables.computeIfAbsent(key, this::compile).open(state))
                .run(inputs, fetch);
    }

    /** Runs a graph without a free batch that is not needed again. */
    Map<String, Tensor> runOnce(Graph graph, Map<String, Tensor> inputs) {
        try (Executable executable = Compilation.compile(backend, graph);
                Session session = executable.open(state)) {
            return session.run(inputs, graph.outputs().keySet());
        }
    }

    private Executable compile(Key key) {
        return Compilation.compile(backend, key.graph().bind(Map.of(Input.BATCH, key.batch())));
    }

    @Override
    public void close() {
        sessions.values().forEach(Session::close);
        executables.values().forEach(Executable::close);
        state.close();
    }
}
