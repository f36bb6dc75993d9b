package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Convolution over 1 spatial axis of {@code [n, w, c]} (Keras 3 {@code Conv1D}). Parameters: {@code kernel [k, cin / groups, filters]} and
 * {@code bias [filters]}.
 */
public record Conv1D(ConvConfig config) implements ConvLayer<Conv1D> {

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv1D of(int filters, Integer... kernelSize) {
        return new Conv1D(ConvConfig.of(filters, List.of(kernelSize), 1));
    }

    /** Groups of channels that do not see each other; 1 by default. */
    public Conv1D groups(int groups) {
        return with(config.withGroups(groups));
    }

    @Override
    public Conv1D with(ConvConfig newConfig) {
        return new Conv1D(newConfig);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return config.parameters(className(), Inputs.one(className(), inputs));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(className(), inputs);
        return List.of(config.apply(className(), scope, x, scope.parameter("kernel"), config.groups()));
    }
}
