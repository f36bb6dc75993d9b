package dev.convoy.layers;

import java.util.List;

/**
 * Convolution of each channel of {@code [n, h, w, c]} with kernels of its own (Keras 3 {@code DepthwiseConv2D}). Output channel
 * {@code c · depthMultiplier + m} comes from input channel c. Parameters: {@code kernel [kh, kw, c, depthMultiplier]} and
 * {@code bias [c · depthMultiplier]}.
 */
public record DepthwiseConv2D(ConvConfig config) implements DepthwiseConvLayer<DepthwiseConv2D> {

    /**
     * With a depth multiplier of 1.
     *
     * @param kernelSize one number for all axes, or one for each
     */
    public static DepthwiseConv2D of(Integer... kernelSize) {
        return new DepthwiseConv2D(ConvConfig.of(1, List.of(kernelSize), 2));
    }

    @Override
    public DepthwiseConv2D with(ConvConfig newConfig) {
        return new DepthwiseConv2D(newConfig);
    }
}
