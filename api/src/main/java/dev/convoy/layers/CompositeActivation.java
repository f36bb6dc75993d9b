package dev.convoy.layers;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;

/**
 * A composite op as an activation, for the arguments that {@link Activations} leaves at Keras' defaults:
 * {@code new CompositeActivation(new Celu(0.5))}.
 *
 * @param op a composite of one operand and one result
 */
public record CompositeActivation(CompositeOp op) implements ActivationFn {

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return g.add(op, x);
    }
}
