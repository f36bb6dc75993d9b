package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Something that turns tensors into tensors and may have parameters. Open to users: implement it as a record whose
 * components are the configuration.
 */
public interface Layer {

    /**
     * The parameters for inputs of these specs; called while a model is built.
     *
     * @throws dev.convoy.graph.GraphException if the layer cannot take such inputs
     */
    default List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return List.of();
    }

    /**
     * Writes the layer into {@code scope.graph()}.
     *
     * @return its outputs
     * @throws dev.convoy.graph.GraphException if the layer cannot take such inputs
     */
    List<Value> apply(LayerScope scope, List<Value> inputs);

    /** The class in summaries and messages; Keras' name where there is one. */
    default String className() {
        return getClass().getSimpleName();
    }

    /** This layer under a name of its own, instead of one made from its class. */
    default Layer named(String name) {
        return new Named(name, this);
    }
}
