package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution with respect to its data, as a layer. With the kernel's extent
 * {@code e = (k - 1) · dilation + 1}, an axis of size n becomes
 *
 * <ul>
 *   <li>valid: {@code (n - 1) · stride + e + outputPadding}, by default {@code (n - 1) · stride + max(e, stride)};
 *   <li>same: {@code (n - 1) · stride + e mod 2 + outputPadding}, by default {@code n · stride};
 *   <li>explicit: {@code (n - 1) · stride + e - before - after + outputPadding}, which is 0 by default.
 * </ul>
 *
 * Parameters, in Keras' order of axes: {@code kernel [k…, filters / groups, cin]} and {@code bias [filters]}.
 *
 * @param <T> the layer
 */
public interface TransposedConvLayer<T extends TransposedConvLayer<T>> extends ConvLayer<T> {

    /** One number per axis, less than the stride; null for the default of the padding. */
    @Nullable
    List<Integer> outputPadding();

    /** This layer with other arguments. */
    T with(ConvConfig config, @Nullable List<Integer> outputPadding);

    @Override
    default T with(ConvConfig config) {
        return with(config, outputPadding());
    }

    /** Elements that the output has more at its end, one number for all axes or one for each. */
    default T outputPadding(Integer... elements) {
        return with(config(), List.of(elements));
    }

    /** Groups of channels that do not see each other; 1 by default. */
    default T groups(int groups) {
        return with(config().withGroups(groups));
    }

    @Override
    default List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return new ConvTranspose(className(), config(), outputPadding()).parameters(inputs);
    }

    @Override
    default List<Value> apply(LayerScope scope, List<Value> inputs) {
        return new ConvTranspose(className(), config(), outputPadding()).apply(scope, inputs);
    }
}
