package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A plain convolution layer. Parameters: {@code kernel [k…, cin / groups, filters]} and {@code bias [filters]}.
 *
 * @param <T> the layer
 */
public interface GroupedConvLayer<T extends GroupedConvLayer<T>> extends ConvLayer<T> {

    /** Groups of channels that do not see each other; 1 by default. */
    default T groups(int groups) {
        return with(config().withGroups(groups));
    }

    @Override
    default List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return config().parameters(className(), Inputs.one(className(), inputs));
    }

    @Override
    default List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(className(), inputs);
        return List.of(config().apply(className(), scope, x, scope.parameter("kernel"), config().groups()));
    }
}
