package dev.convoy.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@linkplain TransposedConvLayer Transposed convolution} over 3 spatial axes of {@code [n, d, h, w, c]} (Keras 3 {@code Conv3DTranspose};
 * groups and explicit pads as PyTorch's {@code ConvTranspose3d}). Parameters: {@code kernel [kd, kh, kw, filters / groups, cin]} and
 * {@code bias [filters]}.
 *
 * @param outputPadding one number for all axes, or one for each, less than the stride; null for the default of the padding
 */
public record Conv3DTranspose(ConvConfig config, @Nullable List<Integer> outputPadding)
        implements TransposedConvLayer<Conv3DTranspose> {

    public Conv3DTranspose {
        outputPadding = outputPadding == null ? null : Geometry.spread(outputPadding, 3);
    }

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv3DTranspose of(int filters, Integer... kernelSize) {
        return new Conv3DTranspose(ConvConfig.of(filters, List.of(kernelSize), 3), null);
    }

    @Override
    public Conv3DTranspose with(ConvConfig newConfig, @Nullable List<Integer> newOutputPadding) {
        return new Conv3DTranspose(newConfig, newOutputPadding);
    }
}
