package dev.convoy.conformance.broken;

import dev.convoy.conformance.reference.ReferenceProvider;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphRewriter;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Purpose;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import dev.convoy.spi.Support;
import dev.convoy.tensor.Parameters;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The reference backend with one thing done wrong.
 *
 * @param name what is wrong, in words joined by hyphens
 * @param graph what it makes of a graph before it compiles it
 * @param session what it makes of a session it opens; told the options of the backend
 */
record Fault(String name, UnaryOperator<Graph> graph, BiFunction<Session, BackendOptions, Session> session)
        implements BackendProvider {

    /** Writes some ops wrongly. */
    static Fault ofOps(String name, GraphRewriter.Rule rule) {
        return new Fault(name, graph -> GraphRewriter.rewrite(graph, rule), (session, options) -> session);
    }

    /** Runs wrongly. */
    static Fault ofSessions(String name, UnaryOperator<Session> session) {
        return new Fault(name, graph -> graph, (opened, options) -> session.apply(opened));
    }

    @Override
    public int opSetVersion() {
        return 1;
    }

    @Override
    public int priority(Purpose purpose) {
        return 0;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("faulty");
    }

    @Override
    public Backend create(BackendOptions options) {
        return new FaultyBackend(this, options, new ReferenceProvider().create(options));
    }

    private record FaultyBackend(Fault fault, BackendOptions options, Backend sound) implements Backend {

        @Override
        public String name() {
            return fault.name;
        }

        @Override
        public Layout layout() {
            return sound.layout();
        }

        @Override
        public boolean claims(Node composite) {
            return sound.claims(composite);
        }

        @Override
        public Support check(Graph graph) {
            return sound.check(graph);
        }

        @Override
        public Executable compile(Graph graph) {
            return new FaultyExecutable(fault, options, sound.compile(fault.graph.apply(graph)));
        }

        @Override
        public State state(Parameters parameters) {
            return sound.state(parameters);
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    private record FaultyExecutable(Fault fault, BackendOptions options, Executable sound) implements Executable {

        @Override
        public Signature signature() {
            return sound.signature();
        }

        @Override
        public Session open() {
            return fault.session.apply(sound.open(), options);
        }

        @Override
        public Session open(State state) {
            return fault.session.apply(sound.open(state), options);
        }

        @Override
        public void close() {
            sound.close();
        }
    }
}
