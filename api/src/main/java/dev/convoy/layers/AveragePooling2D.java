package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * The mean of each window over the 2 spatial axes of {@code [n, h, w, c]} (Keras 3 {@code AveragePooling2D}; the count and the divisor as in
 * PyTorch's {@code AvgPool2d}).
 */
public record AveragePooling2D(PoolConfig config) implements PoolLayer<AveragePooling2D> {

    /**
     * @param poolSize one number for all axes, or one for each
     */
    public static AveragePooling2D of(Integer... poolSize) {
        return new AveragePooling2D(PoolConfig.of(List.of(poolSize), 2));
    }

    /** Whether padding counts as zeros; false by default, as Keras. PyTorch's default is true. */
    public AveragePooling2D countIncludePad(boolean countIncludePad) {
        return with(config.withCountIncludePad(countIncludePad));
    }

    /** What the sum of each window is divided by, or 0 (the default) for the number of elements it counts. */
    public AveragePooling2D divisorOverride(int divisor) {
        return with(config.withDivisorOverride(divisor));
    }

    @Override
    public AveragePooling2D with(PoolConfig newConfig) {
        return new AveragePooling2D(newConfig);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return config.average(className(), scope, inputs);
    }
}
