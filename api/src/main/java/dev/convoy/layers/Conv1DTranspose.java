package dev.convoy.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@linkplain TransposedConvLayer Transposed convolution} over 1 spatial axis of {@code [n, w, c]} (Keras 3 {@code Conv1DTranspose};
 * groups and explicit pads as PyTorch's {@code ConvTranspose1d}). Parameters: {@code kernel [k, filters / groups, cin]} and
 * {@code bias [filters]}.
 *
 * @param outputPadding one number for all axes, or one for each, less than the stride; null for the default of the padding
 */
public record Conv1DTranspose(ConvConfig config, @Nullable List<Integer> outputPadding)
        implements TransposedConvLayer<Conv1DTranspose> {

    public Conv1DTranspose {
        outputPadding = outputPadding == null ? null : Geometry.spread(outputPadding, 1);
    }

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv1DTranspose of(int filters, Integer... kernelSize) {
        return new Conv1DTranspose(ConvConfig.of(filters, List.of(kernelSize), 1), null);
    }

    @Override
    public Conv1DTranspose with(ConvConfig newConfig, @Nullable List<Integer> newOutputPadding) {
        return new Conv1DTranspose(newConfig, newOutputPadding);
    }
}
