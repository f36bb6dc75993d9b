package dev.convoy.models;

import dev.convoy.graph.Graph;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Plan;
import dev.convoy.spi.Session;
import dev.convoy.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compiled forms of a model, one for each combination of input specs and sizes, with sessions that are handed out
 * to one thread at a time. Both are bounded: the executable that was used longest ago is closed once nobody runs it, and
 * so are sessions that nobody waits for.
 */
final class ExecutableCache {

    /** Sessions of one executable that wait with their buffers for callers; those of a rush beyond that are closed. */
    private static final int IDLE = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private record Key(Map<String, InputSpec> specs, Map<String, Integer> sizes) {}

    private final Model model;
    private final Backend backend;
    private final int limit;
    private final Turns turns;
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Map<String, InputSpec>, Graph> graphs;
    private boolean closed;

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
        Entry entry = acquire(key(specs, sizes));
        try {
            return entry.run(inputs);
        } finally {
            release(entry);
        }
    }

    Plan plan(Map<String, InputSpec> specs, Map<String, Integer> sizes) {
        Entry entry = acquire(key(specs, sizes));
        try {
            return entry.executable().plan();
        } finally {
            release(entry);
        }
    }

    private Key key(Map<String, InputSpec> specs, Map<String, Integer> sizes) {
        return new Key(Map.copyOf(specs), backend.acceptsNamedDimensions() ? Map.of() : Map.copyOf(sizes));
    }

    private Entry acquire(Key key) {
        Entry entry;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("The predictor of model '" + model.name() + "' is closed");
            }
            entry = entries.computeIfAbsent(key, Entry::new);
            entry.users++;
            shrink();
        }
        return entry;
    }

    private synchronized void release(Entry entry) {
        entry.users--;
        if (closed) {
            entry.closeIfUnused();
        }
        shrink();
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

    private void shrink() {
        var oldest = entries.values().iterator();
        for (int excess = entries.size() - limit; excess > 0 && oldest.hasNext(); ) {
            Entry entry = oldest.next();
            if (entry.users == 0) {
                oldest.remove();
                entry.closeIfUnused();
                excess--;
            }
        }
    }

    synchronized void close() {
        closed = true;
        entries.values().forEach(Entry::closeIfUnused);
    }

    private final class Entry {
        private final Key key;
        private final Deque<Session> idle = new ArrayDeque<>();
        private final Turns.Kind runs = turns.new Kind();
        private @Nullable Executable executable;
        private int users;

        Entry(Key key) {
            this.key = key;
        }

        Map<String, Tensor> run(Map<String, Tensor> inputs) {
            return runs.run(() -> runNow(inputs));
        }

        private Map<String, Tensor> runNow(Map<String, Tensor> inputs) {
            Session session = take();
            boolean kept = false;
            try {
                Map<String, Tensor> outputs =
                        session.run(inputs, model.outputs().keySet());
                kept = giveBack(session);
                return outputs;
            } finally {
                if (!kept) {
                    session.close();
                }
            }
        }

        /** False if there are idle sessions enough. */
        private synchronized boolean giveBack(Session session) {
            if (idle.size() == IDLE) {
                return false;
            }
            idle.push(session);
            return true;
        }

        private synchronized Session take() {
            Session session = idle.poll();
            return session != null ? session : executable().open();
        }

        private synchronized Executable executable() {
            if (executable == null) {
                executable = Compilation.compile(backend, prepared(key.specs()).bind(key.sizes()));
            }
            return executable;
        }

        private void closeIfUnused() {
            if (users == 0 && executable != null) {
                executable.close();
                executable = null;
            }
        }
    }
}
