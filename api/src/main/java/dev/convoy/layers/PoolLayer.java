package dev.convoy.layers;

import dev.convoy.graph.Layout;
import java.util.List;

/**
 * The arguments that every pooling layer takes, each a method that returns the layer with that argument changed.
 *
 * @param <T> the layer
 */
public interface PoolLayer<T extends PoolLayer<T>> extends Layer {

    PoolConfig config();

    /** This layer with another configuration. */
    T with(PoolConfig config);

    /** Steps between windows, one number for all axes or one for each; the pool size by default. */
    default T strides(Integer... strides) {
        return with(config().withGeometry(config().geometry().withStrides(List.of(strides))));
    }

    /** VALID by default. */
    default T padding(Padding padding) {
        return with(config().withGeometry(config().geometry().withPadding(padding)));
    }

    /** CHANNELS_LAST by default. */
    default T dataFormat(Layout layout) {
        return with(config().withGeometry(config().geometry().withDataFormat(layout)));
    }

    /** Whether the number of windows is rounded up (PyTorch's {@code ceil_mode}); false by default. */
    default T ceilMode(boolean ceilMode) {
        return with(config().withCeilMode(ceilMode));
    }
}
