package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;

/**
 * A function without parameters that a layer applies to its output: {@link Activations} by name,
 * {@link CompositeActivation} with arguments, or an {@link ActivationLayer}.
 */
@FunctionalInterface
public interface ActivationFn {

    /**
     * @param x any real value
     * @return a value of the same spec, but for {@link Activations#GLU}, which halves the last axis
     */
    Value apply(GraphBuilder g, Value x);
}
