package dev.convoy.models;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.Noise;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** The outermost scope of a trace: parameters by their full path, noise as graph inputs. */
final class TraceScope implements LayerScope {

    private final GraphBuilder graph;
    private final Mode mode;
    private final Map<String, Value> parameters;
    private final Predicate<String> frozen;
    private final Map<String, Value> updates = new HashMap<>();
    private final SequencedMap<String, Noise> noise = new LinkedHashMap<>();

    TraceScope(GraphBuilder graph, Mode mode, Map<String, Value> parameters, Predicate<String> frozen) {
        this.graph = graph;
        this.mode = mode;
        this.parameters = parameters;
        this.frozen = frozen;
    }

    @Override
    public GraphBuilder graph() {
        return graph;
    }

    @Override
    public boolean training() {
        return mode == Mode.TRAINING;
    }

    @Override
    public boolean trainable() {
        return !frozen.test(graph.origin());
    }

    /** The current value: a layer that is called twice sees the update of its first call. */
    @Override
    public Value parameter(String name) {
        Value value = updates.getOrDefault(name, parameters.get(name));
        if (value == null) {
            throw new IllegalArgumentException(
                    "No parameter '" + name + "' is declared; there are " + parameters.keySet());
        }
        return value;
    }

    @Override
    public void update(String parameter, Value value) {
        parameter(parameter);
        updates.put(parameter, value);
    }

    @Override
    public Value noise(Shape shape, Noise kind) {
        Value value = graph.input("noise/" + graph.origin(), new TensorSpec(kind.type(), shape));
        noise.put(value.name().orElseThrow(), kind);
        return value;
    }

    /** Writes the updates into the graph. */
    void finish() {
        updates.forEach(graph::update);
    }

    SequencedMap<String, Noise> noise() {
        return noise;
    }
}
