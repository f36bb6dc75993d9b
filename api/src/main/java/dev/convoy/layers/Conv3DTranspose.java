package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution over 3 spatial axes of {@code [n, d, h, w, c]} with respect to its data, as a layer (Keras 3
 * {@code Conv3DTranspose}; groups and explicit pads as PyTorch's {@code ConvTranspose3d}). With the kernel's extent
 * {@code e = (k - 1) · dilation + 1}, an axis of size n becomes
 *
 * <ul>
 *   <li>valid: {@code (n - 1) · stride + e + outputPadding}, by default {@code (n - 1) · stride + max(e, stride)};
 *   <li>same: {@code (n - 1) · stride + e mod 2 + outputPadding}, by default {@code n · stride};
 *   <li>explicit: {@code (n - 1) · stride + e - before - after + outputPadding}, which is 0 by default.
 * </ul>
 *
 * Parameters, in Keras' order of axes: {@code kernel [kd, kh, kw, filters / groups, cin]} and {@code bias [filters]}.
 *
 * @param outputPadding one number for all axes, or one for each, less than the stride; null for the default of the padding
 */
public record Conv3DTranspose(ConvConfig config, @Nullable List<Integer> outputPadding)
        implements ConvLayer<Conv3DTranspose> {

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

    /** Elements that the output has more at its end, one number for all axes or one for each. */
    public Conv3DTranspose outputPadding(Integer... elements) {
        return new Conv3DTranspose(config, List.of(elements));
    }

    /** Groups of channels that do not see each other; 1 by default. */
    public Conv3DTranspose groups(int groups) {
        return with(config.withGroups(groups));
    }

    @Override
    public Conv3DTranspose with(ConvConfig newConfig) {
        return new Conv3DTranspose(newConfig, outputPadding);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return new ConvTranspose(className(), config, outputPadding).parameters(inputs);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return new ConvTranspose(className(), config, outputPadding).apply(scope, inputs);
    }
}
