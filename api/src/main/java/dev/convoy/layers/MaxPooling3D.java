package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * The largest element of each window over the 3 spatial axes of {@code [n, d, h, w, c]} (Keras 3 {@code MaxPooling3D}; dilation, ceil mode and
 * indices as in PyTorch's {@code MaxPool3d}).
 */
public record MaxPooling3D(PoolConfig config) implements PoolLayer<MaxPooling3D> {

    /**
     * @param poolSize one number for all axes, or one for each
     */
    public static MaxPooling3D of(Integer... poolSize) {
        return new MaxPooling3D(PoolConfig.of(List.of(poolSize), 3));
    }

    /** Distance of neighbouring window elements, one number for all axes or one for each; 1 by default. */
    public MaxPooling3D dilationRate(Integer... rate) {
        return with(config.withGeometry(config.geometry().withDilationRate(List.of(rate))));
    }

    /**
     * Whether a second output gives the position of each value in the flattened spatial axes, int64; false by default.
     */
    public MaxPooling3D returnIndices(boolean returnIndices) {
        return with(config.withReturnIndices(returnIndices));
    }

    @Override
    public MaxPooling3D with(PoolConfig newConfig) {
        return new MaxPooling3D(newConfig);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return config.max(className(), scope, inputs);
    }
}
