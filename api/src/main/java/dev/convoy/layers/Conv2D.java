package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Convolution over 2 spatial axes of {@code [n, h, w, c]} (Keras 3 {@code Conv2D}). Parameters: {@code kernel [kh, kw, cin / groups, filters]} and
 * {@code bias [filters]}.
 */
public record Conv2D(ConvConfig config) implements ConvLayer<Conv2D> {

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv2D of(int filters, Integer... kernelSize) {
        return new Conv2D(ConvConfig.of(filters, List.of(kernelSize), 2));
    }

    /** Groups of channels that do not see each other; 1 by default. */
    public Conv2D groups(int groups) {
        return with(config.withGroups(groups));
    }

    @Override
    public Conv2D with(ConvConfig newConfig) {
        return new Conv2D(newConfig);
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
