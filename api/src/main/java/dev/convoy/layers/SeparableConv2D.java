package dev.convoy.layers;

import java.util.List;

/**
 * A convolution of each channel of {@code [n, h, w, c]} by itself, then one of size 1 over all channels (Keras 3
 * {@code SeparableConv2D}). Parameters: {@code depthwise_kernel [kh, kw, c, depthMultiplier]},
 * {@code pointwise_kernel [1, 1, c · depthMultiplier, filters]} and {@code bias [filters]}.
 *
 * @param config its kernel is the pointwise one
 * @param depthMultiplier depthwise outputs per input channel; 1 by default
 * @param depthwise Glorot uniform by default
 */
public record SeparableConv2D(ConvConfig config, int depthMultiplier, Weight depthwise)
        implements SeparableConvLayer<SeparableConv2D> {

    /**
     * @throws dev.convoy.graph.GraphException if the depth multiplier is not positive
     */
    public SeparableConv2D {
        ConvConfig.requireMultiplier("SeparableConv2D", depthMultiplier);
    }

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static SeparableConv2D of(int filters, Integer... kernelSize) {
        ConvConfig config = ConvConfig.of(filters, List.of(kernelSize), 2);
        return new SeparableConv2D(config, 1, config.kernel());
    }

    @Override
    public SeparableConv2D with(ConvConfig newConfig, int newDepthMultiplier, Weight newDepthwise) {
        return new SeparableConv2D(newConfig, newDepthMultiplier, newDepthwise);
    }
}
