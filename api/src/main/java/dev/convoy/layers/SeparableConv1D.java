package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A convolution of each channel of {@code [n, w, c]} by itself, then one of size 1 over all channels (Keras 3
 * {@code SeparableConv1D}). Parameters: {@code depthwise_kernel [k, c, depthMultiplier]},
 * {@code pointwise_kernel [1, c · depthMultiplier, filters]} and {@code bias [filters]}.
 *
 * @param config its kernel is the pointwise one
 * @param depthMultiplier depthwise outputs per input channel; 1 by default
 * @param depthwise Glorot uniform by default
 */
public record SeparableConv1D(ConvConfig config, int depthMultiplier, Weight depthwise)
        implements ConvLayer<SeparableConv1D> {

    /**
     * @throws dev.convoy.graph.GraphException if the depth multiplier is not positive
     */
    public SeparableConv1D {
        SeparableConv.check("SeparableConv1D", depthMultiplier);
    }

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static SeparableConv1D of(int filters, Integer... kernelSize) {
        ConvConfig config = ConvConfig.of(filters, List.of(kernelSize), 1);
        return new SeparableConv1D(config, 1, config.kernel());
    }

    public SeparableConv1D depthMultiplier(int value) {
        return new SeparableConv1D(config, value, depthwise);
    }

    public SeparableConv1D depthwise(Weight value) {
        return new SeparableConv1D(config, depthMultiplier, value);
    }

    /** The same as {@link #kernel}, by Keras' name. */
    public SeparableConv1D pointwise(Weight value) {
        return kernel(value);
    }

    @Override
    public SeparableConv1D with(ConvConfig newConfig) {
        return new SeparableConv1D(newConfig, depthMultiplier, depthwise);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return SeparableConv.parameters(className(), config, depthMultiplier, depthwise, inputs);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return SeparableConv.apply(className(), config, scope, inputs);
    }
}
