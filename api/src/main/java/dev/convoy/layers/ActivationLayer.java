package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * A layer without parameters that is a function of one input: it stands alone, or in the {@code activation} argument of
 * another layer.
 */
public interface ActivationLayer extends Layer, ActivationFn {

    @Override
    default List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(apply(scope.graph(), Inputs.one(className(), inputs)));
    }
}
