package dev.convoy.layers;

import java.util.List;

/**
 * Convolution of each channel of {@code [n, w, c]} with kernels of its own (Keras 3 {@code DepthwiseConv1D}). Output channel
 * {@code c · depthMultiplier + m} comes from input channel c. Parameters: {@code kernel [k, c, depthMultiplier]} and
 * {@code bias [c · depthMultiplier]}.
 */
public record DepthwiseConv1D(ConvConfig config) implements DepthwiseConvLayer<DepthwiseConv1D> {

    /**
     * With a depth multiplier of 1.
     *
     * @param kernelSize one number for all axes, or one for each
     */
    public static DepthwiseConv1D of(Integer... kernelSize) {
        return new DepthwiseConv1D(ConvConfig.of(1, List.of(kernelSize), 1));
    }

    @Override
    public DepthwiseConv1D with(ConvConfig newConfig) {
        return new DepthwiseConv1D(newConfig);
    }
}
