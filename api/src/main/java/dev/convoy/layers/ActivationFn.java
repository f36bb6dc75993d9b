package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;

/** A function without parameters that a layer applies to its output; see {@link Activations}. */
@FunctionalInterface
public interface ActivationFn {

    /**
     * @param x any real value
     * @return a value of the same spec
     */
    Value apply(GraphBuilder g, Value x);
}
