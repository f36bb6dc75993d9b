package dev.convoy.layers;

import java.util.List;

/**
 * Convolution over 1 spatial axis of {@code [n, w, c]} (Keras 3 {@code Conv1D}). Parameters: {@code kernel [k, cin / groups, filters]} and
 * {@code bias [filters]}.
 */
public record Conv1D(ConvConfig config) implements GroupedConvLayer<Conv1D> {

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv1D of(int filters, Integer... kernelSize) {
        return new Conv1D(ConvConfig.of(filters, List.of(kernelSize), 1));
    }

    @Override
    public Conv1D with(ConvConfig newConfig) {
        return new Conv1D(newConfig);
    }
}
