package dev.convoy.conformance.broken;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Session;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Mistakes in sessions and states. */
final class SessionFaults {

    private SessionFaults() {}

    /** A session that does something else in {@code run}. */
    private record Running(Session sound, Run run) implements Session {

        @FunctionalInterface
        interface Run {
            Map<String, Tensor> apply(Map<String, Tensor> inputs, Set<String> fetch);
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch) {
            return run.apply(inputs, fetch);
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    /** Gives the results of its first run for ever. */
    static Session stale(Session sound) {
        Map<Set<String>, Map<String, Tensor>> first = new HashMap<>();
        return new Running(sound, (inputs, fetch) -> {
            Map<String, Tensor> now = sound.run(inputs, fetch);
            return first.computeIfAbsent(fetch, names -> now);
        });
    }

    /** Writes the results of every run into the same arrays. */
    static Session sharedBuffers(Session sound) {
        Map<String, Tensor> buffers = new HashMap<>();
        return new Running(sound, (inputs, fetch) -> {
            Map<String, Tensor> results = new LinkedHashMap<>();
            sound.run(inputs, fetch).forEach((name, tensor) -> {
                Tensor buffer = buffers.computeIfAbsent(name, n -> Tensor.zeros(tensor.spec()));
                System.arraycopy(tensor.array(), 0, buffer.array(), 0, tensor.size());
                results.put(name, buffer);
            });
            return results;
        });
    }

    /** Goes on after close. */
    static Session neverClosed(Session sound) {
        return new Session() {
            @Override
            public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch) {
                return sound.run(inputs, fetch);
            }

            @Override
            public void close() {
                // the fault
            }
        };
    }

    /** Is off by one unit in the last place when it runs on more than one thread. */
    static Session threadDependent(Session sound, BackendOptions options) {
        return options.threads() <= 1
                ? sound
                : new Running(sound, (inputs, fetch) -> {
                    Map<String, Tensor> results = new LinkedHashMap<>(sound.run(inputs, fetch));
                    results.replaceAll((name, tensor) -> tensor.type() == DataType.FLOAT32 ? nudged(tensor) : tensor);
                    return results;
                });
    }

    private static Tensor nudged(Tensor tensor) {
        float[] values = tensor.floats().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.nextUp(values[i]);
        }
        return Tensor.wrap(tensor.spec(), values);
    }

    /** The graph without its updates. */
    static Graph forgottenUpdates(Graph graph) {
        GraphBuilder g = new GraphBuilder();
        Map<Value, Value> copies = new HashMap<>();
        graph.inputs().forEach((name, value) -> copies.put(value, g.input(name, value.spec())));
        graph.parameters().forEach((name, value) -> copies.put(value, g.parameter(name, value.spec())));
        for (Node node : graph.nodes()) {
            List<Value> results =
                    g.add(node.op(), node.inputs().stream().map(copies::get).toList());
            for (int i = 0; i < results.size(); i++) {
                copies.put(node.outputs().get(i), results.get(i));
            }
        }
        graph.outputs().forEach((name, value) -> g.output(name, Objects.requireNonNull(copies.get(value))));
        return g.build();
    }
}
