package dev.convoy.models;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.Noise;
import dev.convoy.tensor.Shape;

/** The scope of one layer in a model: the model's scope with the layer's name before each parameter. */
record NestedScope(LayerScope outer, String name) implements LayerScope {

    @Override
    public GraphBuilder graph() {
        return outer.graph();
    }

    @Override
    public boolean training() {
        return outer.training();
    }

    @Override
    public boolean trainable() {
        return outer.trainable();
    }

    @Override
    public Value parameter(String parameter) {
        return outer.parameter(name + "/" + parameter);
    }

    @Override
    public void update(String parameter, Value value) {
        outer.update(name + "/" + parameter, value);
    }

    @Override
    public Value noise(Shape shape, Noise kind) {
        return outer.noise(shape, kind);
    }
}
