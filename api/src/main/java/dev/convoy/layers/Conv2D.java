package dev.convoy.layers;

import java.util.List;

/**
 * Convolution over 2 spatial axes of {@code [n, h, w, c]} (Keras 3 {@code Conv2D}). Parameters: {@code kernel [kh, kw, cin / groups, filters]} and
 * {@code bias [filters]}.
 */
public record Conv2D(ConvConfig config) implements GroupedConvLayer<Conv2D> {

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv2D of(int filters, Integer... kernelSize) {
        return new Conv2D(ConvConfig.of(filters, List.of(kernelSize), 2));
    }

    @Override
    public Conv2D with(ConvConfig newConfig) {
        return new Conv2D(newConfig);
    }
}
