package dev.convoy.layers;

import java.util.List;

/**
 * Convolution over 3 spatial axes of {@code [n, d, h, w, c]} (Keras 3 {@code Conv3D}). Parameters: {@code kernel [kd, kh, kw, cin / groups, filters]} and
 * {@code bias [filters]}.
 */
public record Conv3D(ConvConfig config) implements GroupedConvLayer<Conv3D> {

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv3D of(int filters, Integer... kernelSize) {
        return new Conv3D(ConvConfig.of(filters, List.of(kernelSize), 3));
    }

    @Override
    public Conv3D with(ConvConfig newConfig) {
        return new Conv3D(newConfig);
    }
}
