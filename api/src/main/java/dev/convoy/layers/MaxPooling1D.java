package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * The largest element of each window over the spatial axis of {@code [n, w, c]} (Keras 3 {@code MaxPooling1D}; dilation, ceil mode and
 * indices as in PyTorch's {@code MaxPool1d}).
 */
public record MaxPooling1D(PoolConfig config) implements PoolLayer<MaxPooling1D> {

    /**
     * @param poolSize one number for all axes, or one for each
     */
    public static MaxPooling1D of(Integer... poolSize) {
        return new MaxPooling1D(PoolConfig.of(List.of(poolSize), 1));
    }

    /** Distance of neighbouring window elements, one number for all axes or one for each; 1 by default. */
    public MaxPooling1D dilationRate(Integer... rate) {
        return with(config.withGeometry(config.geometry().withDilationRate(List.of(rate))));
    }

    /**
     * Whether a second output gives the position of each value in the flattened spatial axes, int64; false by default.
     */
    public MaxPooling1D returnIndices(boolean returnIndices) {
        return with(config.withReturnIndices(returnIndices));
    }

    @Override
    public MaxPooling1D with(PoolConfig newConfig) {
        return new MaxPooling1D(newConfig);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return config.max(className(), scope, inputs);
    }
}
