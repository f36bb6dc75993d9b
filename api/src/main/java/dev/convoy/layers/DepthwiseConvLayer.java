package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A convolution layer that convolves each channel with kernels of its own. Parameters:
 * {@code kernel [k…, c, depthMultiplier]} and {@code bias [c · depthMultiplier]}.
 *
 * @param <T> the layer
 */
public interface DepthwiseConvLayer<T extends DepthwiseConvLayer<T>> extends ConvLayer<T> {

    /** Output channels per input channel; 1 by default. */
    default T depthMultiplier(int multiplier) {
        return with(config().withFilters(multiplier));
    }

    @Override
    default List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        ConvConfig config = config();
        int channels = config.channels(className(), Inputs.one(className(), inputs));
        return config.weights("kernel", config.kernelShape(channels, config.filters()), channels * config.filters());
    }

    @Override
    default List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(className(), inputs);
        Value y = config().depthwise(className(), scope.graph(), x, scope.parameter("kernel"));
        return List.of(config().finish(scope, y));
    }
}
