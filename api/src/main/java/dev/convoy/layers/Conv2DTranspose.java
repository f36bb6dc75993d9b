package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution over 2 spatial axes of {@code [n, h, w, c]} with respect to its data, as a layer (Keras 3
 * {@code Conv2DTranspose}; groups and explicit pads as PyTorch's {@code ConvTranspose2d}). With the kernel's extent
 * {@code e = (k - 1) · dilation + 1}, an axis of size n becomes
 *
 * <ul>
 *   <li>valid: {@code (n - 1) · stride + e + outputPadding}, by default {@code (n - 1) · stride + max(e, stride)};
 *   <li>same: {@code (n - 1) · stride + e mod 2 + outputPadding}, by default {@code n · stride};
 *   <li>explicit: {@code (n - 1) · stride + e - before - after + outputPadding}, which is 0 by default.
 * </ul>
 *
 * Parameters, in Keras' order of axes: {@code kernel [kh, kw, filters / groups, cin]} and {@code bias [filters]}.
 *
 * @param outputPadding one number for all axes, or one for each, less than the stride; null for the default of the padding
 */
public record Conv2DTranspose(ConvConfig config, @Nullable List<Integer> outputPadding)
        implements ConvLayer<Conv2DTranspose> {

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

    /** Elements that the output has more at its end, one number for all axes or one for each. */
    public Conv2DTranspose outputPadding(Integer... elements) {
        return new Conv2DTranspose(config, List.of(elements));
    }

    /** Groups of channels that do not see each other; 1 by default. */
    public Conv2DTranspose groups(int groups) {
        return with(config.withGroups(groups));
    }

    @Override
    public Conv2DTranspose with(ConvConfig newConfig) {
        return new Conv2DTranspose(newConfig, outputPadding);
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
