package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Convolution over 3 spatial axes of {@code [n, d, h, w, c]} (Keras 3 {@code Conv3D}). Parameters: {@code kernel [kd, kh, kw, cin / groups, filters]} and
 * {@code bias [filters]}.
 */
public record Conv3D(ConvConfig config) implements ConvLayer<Conv3D> {

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv3D of(int filters, Integer... kernelSize) {
        return new Conv3D(ConvConfig.of(filters, List.of(kernelSize), 3));
    }

    /** Groups of channels that do not see each other; 1 by default. */
    public Conv3D groups(int groups) {
        return with(config.withGroups(groups));
    }

    @Override
    public Conv3D with(ConvConfig newConfig) {
        return new Conv3D(newConfig);
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
