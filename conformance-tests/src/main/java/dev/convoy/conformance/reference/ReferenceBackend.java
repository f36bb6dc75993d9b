package dev.convoy.conformance.reference;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import dev.convoy.spi.Support;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs graphs on the {@link ReferenceInterpreter}; results and state are rounded to their declared types. */
final class ReferenceBackend extends Owner implements Backend {

    private final Layout layout;

    ReferenceBackend(Layout layout) {
        super("backend");
        this.layout = layout;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public boolean claims(Node composite) {
        return false;
    }

    @Override
    public Support check(Graph graph) {
        return Support.FULL;
    }

    @Override
    public Executable compile(Graph graph) {
        return own(new ReferenceExecutable(graph));
    }

    @Override
    public State state(Parameters parameters) {
        return own(new ReferenceState(parameters));
    }

    private static final class ReferenceState extends Owner implements State {

        private Parameters parameters;

        ReferenceState(Parameters parameters) {
            super("state");
            this.parameters = parameters;
        }

        @Override
        public synchronized Parameters read() {
            requireOpen();
            return parameters;
        }

        synchronized void update(Map<String, Tensor> updates) {
            parameters = parameters.with(updates);
        }
    }

    private static final class ReferenceExecutable extends Owner implements Executable {

        private final Graph graph;
        private final Signature signature;

        ReferenceExecutable(Graph graph) {
            super("executable");
            this.graph = graph;
            this.signature = Signature.of(graph);
        }

        @Override
        public Signature signature() {
            return signature;
        }

        @Override
        public Session open() {
            requireOpen();
            if (!signature.parameters().isEmpty()) {
                throw new IllegalStateException("The graph has parameters "
                        + signature.parameters().keySet() + "; open a session on a state that holds them");
            }
            return own(new ReferenceSession(graph, signature, new ReferenceState(Parameters.empty())));
        }

        @Override
        public Session open(State state) {
            requireOpen();
            if (!(state instanceof ReferenceState mine)) {
                throw new IllegalArgumentException("The state is another backend's: " + state.getClass());
            }
            Parameters held = mine.read();
            signature.parameters().forEach((name, spec) -> {
                Tensor tensor = held.asMap().get(name);
                if (tensor == null || !tensor.spec().equals(spec)) {
                    throw new IllegalArgumentException("The graph has a parameter '" + name + "', " + spec
                            + "; the state holds " + (tensor == null ? "none of that name" : tensor.spec()));
                }
            });
            return own(new ReferenceSession(graph, signature, mine));
        }
    }

    private static final class ReferenceSession extends Owner implements Session {

        private final Graph graph;
        private final Signature signature;
        private final ReferenceState state;

        ReferenceSession(Graph graph, Signature signature, ReferenceState state) {
            super("session");
            this.graph = graph;
            this.signature = signature;
            this.state = state;
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch) {
            requireOpen();
            requireNames("input", signature.inputs().keySet(), inputs.keySet());
            requireNames("output", signature.outputs().keySet(), fetch);
            signature.inputs().forEach((name, spec) -> requireSpec(name, spec, inputs.get(name)));
            synchronized (state) {
                ReferenceInterpreter.Results results = ReferenceInterpreter.run(graph, inputs, state.read());
                Map<String, Tensor> updates = new HashMap<>();
                results.updates()
                        .forEach((name, tensor) -> updates.put(
                                name, declared(tensor, signature.parameters().get(name))));
                state.update(updates);
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                for (String name : fetch) {
                    outputs.put(
                            name,
                            declared(results.output(name), signature.outputs().get(name)));
                }
                return outputs;
            }
        }

        private static Tensor declared(Tensor tensor, @Nullable TensorSpec spec) {
            return spec == null ? tensor : Numbers.declared(tensor, spec.type());
        }

        private static void requireNames(String kind, Set<String> known, Set<String> given) {
            Set<String> unknown = new HashSet<>(given);
            unknown.removeAll(known);
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("The graph has no " + kind + " " + unknown + "; there are " + known);
            }
        }

        private static void requireSpec(String name, TensorSpec spec, @Nullable Tensor given) {
            if (given == null) {
                throw new IllegalArgumentException("Input '" + name + "', " + spec + ", is missing");
            }
            if (!given.spec().equals(spec)) {
                throw new IllegalArgumentException("Input '" + name + "' is " + spec + ", got " + given.spec());
            }
        }
    }
}
