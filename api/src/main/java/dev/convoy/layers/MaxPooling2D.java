package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * The largest element of each window over the 2 spatial axes of {@code [n, h, w, c]} (Keras 3 {@code MaxPooling2D}; dilation, ceil mode and
 * indices as in PyTorch's {@code MaxPool2d}).
 */
public record MaxPooling2D(PoolConfig config) implements PoolLayer<MaxPooling2D> {

    /**
     * @param poolSize one number for all axes, or one for each
     */
    public static MaxPooling2D of(Integer... poolSize) {
        return new MaxPooling2D(PoolConfig.of(List.of(poolSize), 2));
    }

    /** Distance of neighbouring window elements, one number for all axes or one for each; 1 by default. */
    public MaxPooling2D dilationRate(Integer... rate) {
        return with(config.withGeometry(config.geometry().withDilationRate(List.of(rate))));
    }

    /**
     * Whether a second output gives the position of each value in the flattened spatial axes, int64; false by default.
     */
    public MaxPooling2D returnIndices(boolean returnIndices) {
        return with(config.withReturnIndices(returnIndices));
    }

    @Override
    public MaxPooling2D with(PoolConfig newConfig) {
        return new MaxPooling2D(newConfig);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return config.max(className(), scope, inputs);
    }
}
