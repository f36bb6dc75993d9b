package dev.convoy.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@linkplain TransposedConvLayer Transposed convolution} over 2 spatial axes of {@code [n, h, w, c]} (Keras 3 {@code Conv2DTranspose};
 * groups and explicit pads as PyTorch's {@code ConvTranspose2d}). Parameters: {@code kernel [kh, kw, filters / groups, cin]} and
 * {@code bias [filters]}.
 *
 * @param outputPadding one number for all axes, or one for each, less than the stride; null for the default of the padding
 */
public record Conv2DTranspose(ConvConfig config, @Nullable List<Integer> outputPadding)
        implements TransposedConvLayer<Conv2DTranspose> {

    public Conv2DTranspose {
        outputPadding = outputPadding == null ? null : Geometry.spread(outputPadding, 2);
    }

    /**
     * @param filters output channels
     * @param kernelSize one number for all axes, or one for each
     */
    public static Conv2DTranspose of(int filters, Integer... kernelSize) {
        return new Conv2DTranspose(ConvConfig.of(filters, List.of(kernelSize), 2), null);
    }

    @Override
    public Conv2DTranspose with(ConvConfig newConfig, @Nullable List<Integer> newOutputPadding) {
        return new Conv2DTranspose(newConfig, newOutputPadding);
    }
}
