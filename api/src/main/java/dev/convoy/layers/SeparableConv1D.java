package dev.convoy.layers;

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
        implements SeparableConvLayer<SeparableConv1D> {

    /**
     * @throws dev.convoy.graph.GraphException if the depth multiplier is not positive
     */
    public SeparableConv1D {
        ConvConfig.requireMultiplier("SeparableConv1D", depthMultiplier);
    }

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static SeparableConv1D of(int filters, Integer... kernelSize) {
        ConvConfig config = ConvConfig.of(filters, List.of(kernelSize), 1);
        return new SeparableConv1D(config, 1, config.kernel());
    }

    @Override
    public SeparableConv1D with(ConvConfig newConfig, int newDepthMultiplier, Weight newDepthwise) {
        return new SeparableConv1D(newConfig, newDepthMultiplier, newDepthwise);
    }
}
