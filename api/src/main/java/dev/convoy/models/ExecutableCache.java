package dev.convoy.models;

import dev.convoy.graph.Graph;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Plan;
import dev.convoy.spi.Session;
import dev.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compiled forms of a model, one for each combination of input specs and sizes. They are bounded: the one that was used
 * longest ago is closed once nobody runs it.
 */
final class ExecutableCache {

    private record Key(Map<String, InputSpec> specs, Map<String, Integer> sizes) {}

    /** One combination. */
    private record Entry(Key key, SessionPool sessions, Turns.Kind runs) {}

    private final Model model;
    private final Backend backend;
    private final int limit;
    private final Turns turns;
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Map<String, InputSpec>, Graph> graphs;
    private boolean closed;

    /** The one used last, so that those who use it again need not lock. */
    private volatile @Nullable Entry latest;

    /** Whether there are more than the limit, as too many were in use. */
    private volatile boolean overfull;

    ExecutableCache(Model model, Backend backend, int limit) {
        this.model = model;
        this.backend = backend;
        this.limit = limit;
        turns = new Turns(backend.callers());
        this.graphs = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Map<String, InputSpec>, Graph> eldest) {
                return size() > limit;
            }
        };
    }

    Map<String, Tensor> run(Map<String, InputSpec> specs, Map<String, Integer> sizes, Map<String, Tensor> inputs) {
        Key key = key(specs, sizes);
        Map<String, Tensor> outputs = null;
        while (outputs == null) {
            Entry entry = entry(key);
            outputs = entry.runs.run(() -> run(entry.sessions, inputs));
        }
        if (overfull) {
            shrink();
        }
        return outputs;
    }

    /** Null if the sessions have been retired since they were found. */
    private @Nullable Map<String, Tensor> run(SessionPool sessions, Map<String, Tensor> inputs) {
        Session session = sessions.take();
        if (session == null) {
            return null;
        }
        boolean whole = false;
        try {
            Map<String, Tensor> outputs = session.run(inputs, model.outputs().keySet());
            whole = true;
            return outputs;
        } finally {
            if (whole) {
                sessions.giveBack(session);
            } else {
                sessions.close(session);
            }
        }
    }

    Plan plan(Map<String, InputSpec> specs, Map<String, Integer> sizes) {
        Key key = key(specs, sizes);
        Plan plan = null;
        while (plan == null) {
            plan = entry(key).sessions.plan();
        }
        return plan;
    }

    private Key key(Map<String, InputSpec> specs, Map<String, Integer> sizes) {
        return new Key(Map.copyOf(specs), backend.acceptsNamedDimensions() ? Map.of() : Map.copyOf(sizes));
    }

    private Entry entry(Key key) {
        Entry entry = latest;
        return entry != null && entry.key.equals(key) ? entry : find(key);
    }

    private synchronized Entry find(Key key) {
        if (closed) {
            throw new IllegalStateException("The predictor of model '" + model.name() + "' is closed");
        }
        Entry entry =
                entries.computeIfAbsent(key, k -> new Entry(k, new SessionPool(() -> compile(k)), turns.new Kind()));
        latest = entry;
        shrink();
        return entry;
    }

    private Executable compile(Key key) {
        return Compilation.compile(backend, prepared(key.specs()).bind(key.sizes()));
    }

    /** The frozen graph for any batch size, with the passes run; bounded like the executables. */
    private Graph prepared(Map<String, InputSpec> specs) {
        synchronized (graphs) {
            return graphs.computeIfAbsent(specs, s -> {
                Graph frozen = model.trace(s, Mode.INFERENCE).graph().freeze(model.parameters()::get);
                return Compilation.prepare(backend, frozen);
            });
        }
    }

    private synchronized void shrink() {
        var oldest = entries.values().iterator();
        while (entries.size() > limit && oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry != latest && entry.sessions.isUnused()) {
                oldest.remove();
                entry.sessions.retire();
            }
        }
        overfull = entries.size() > limit;
    }

    synchronized void close() {
        closed = true;
        latest = null;
        entries.values().forEach(entry -> entry.sessions.retire());
        entries.clear();
    }
}
