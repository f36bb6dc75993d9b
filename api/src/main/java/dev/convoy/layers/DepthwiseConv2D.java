package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Convolution of each channel of {@code [n, h, w, c]} with kernels of its own (Keras 3 {@code DepthwiseConv2D}). Output channel
 * {@code c · depthMultiplier + m} comes from input channel c. Parameters: {@code kernel [kh, kw, c, depthMultiplier]} and
 * {@code bias [c · depthMultiplier]}.
 */
public record DepthwiseConv2D(ConvConfig config) implements ConvLayer<DepthwiseConv2D> {

    /**
     * With a depth multiplier of 1.
     *
     * @param kernelSize one number for all axes, or one for each
     */
    public static DepthwiseConv2D of(Integer... kernelSize) {
        return new DepthwiseConv2D(ConvConfig.of(1, List.of(kernelSize), 2));
    }

    /** Output channels per input channel; 1 by default. */
    public DepthwiseConv2D depthMultiplier(int multiplier) {
        return with(config.withFilters(multiplier));
    }

    @Override
    public DepthwiseConv2D with(ConvConfig newConfig) {
        return new DepthwiseConv2D(newConfig);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        int channels = config.channels(className(), Inputs.one(className(), inputs));
        return config.weights("kernel", config.kernelShape(channels, config.filters()), channels * config.filters());
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(className(), inputs);
        Value y = config.depthwise(className(), scope.graph(), x, scope.parameter("kernel"));
        return List.of(config.finish(scope, y));
    }
}
