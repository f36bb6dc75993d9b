package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;

/** What a layer sees while it writes itself into a graph. */
public interface LayerScope {

    GraphBuilder graph();

    /** Whether the graph is for training: dropout drops, batch normalisation takes the batch's statistics. */
    boolean training();

    /** Whether the layer's parameters are trained; batch normalisation of a frozen layer keeps its moving statistics. */
    default boolean trainable() {
        return true;
    }

    /** The parameter declared under this name. */
    Value parameter(String name);

    /** Says with what value a parameter goes on after a training step (moving averages). */
    void update(String parameter, Value value);

    /** Random numbers, drawn anew for each run by whoever runs the graph: they enter it as an input. */
    Value noise(Shape shape, Noise kind);
}
