package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.layers.ActivationFn;
import dev.convoy.layers.Layer;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.Noise;
import dev.convoy.tensor.Shape;
import java.util.List;

/** A layer without parameters used as an activation, as Keras 3 allows ({@code activation=LeakyReLU()}). */
record LayerActivation(Layer layer) implements ActivationFn {

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return layer.apply(new Scope(g), List.of(x)).getFirst();
    }

    private record Scope(GraphBuilder graph) implements LayerScope {

        @Override
        public boolean training() {
            return false;
        }

        @Override
        public Value parameter(String name) {
            throw new IllegalArgumentException("A layer with parameters cannot be an activation (" + name + ")");
        }

        @Override
        public void update(String parameter, Value value) {
            throw new IllegalArgumentException("A layer with parameters cannot be an activation (" + parameter + ")");
        }

        @Override
        public Value noise(Shape shape, Noise kind) {
            throw new IllegalArgumentException("A layer with noise cannot be an activation");
        }
    }
}
