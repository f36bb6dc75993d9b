package dev.convoy.training;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;

/** How far a prediction is from its target; see {@link Losses}. */
public interface Loss {

    /** The name in messages and logs; Keras' name where there is one. */
    String name();

    /**
     * What targets look like for predictions of a spec.
     *
     * @throws dev.convoy.graph.GraphException if the loss is not for such predictions
     */
    TensorSpec target(TensorSpec prediction);

    /**
     * The loss of each sample.
     *
     * @param target of the spec that {@link #target} names
     * @param prediction {@code [n, …]}
     * @return {@code [n, …]}, without the last axis of the prediction
     */
    Value apply(GraphBuilder g, Value target, Value prediction);
}
