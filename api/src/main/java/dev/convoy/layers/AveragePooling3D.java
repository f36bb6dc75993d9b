package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * The mean of each window over the 3 spatial axes of {@code [n, d, h, w, c]} (Keras 3 {@code AveragePooling3D}; the count and the divisor as in
 * PyTorch's {@code AvgPool3d}).
 */
public record AveragePooling3D(PoolConfig config) implements PoolLayer<AveragePooling3D> {

    /**
     * @param poolSize one number for all axes, or one for each
     */
    public static AveragePooling3D of(Integer... poolSize) {
        return new AveragePooling3D(PoolConfig.of(List.of(poolSize), 3));
    }

    /** Whether padding counts as zeros; false by default, as Keras. PyTorch's default is true. */
    public AveragePooling3D countIncludePad(boolean countIncludePad) {
        return with(config.withCountIncludePad(countIncludePad));
    }

    /** What the sum of each window is divided by, or 0 (the default) for the number of elements it counts. */
    public AveragePooling3D divisorOverride(int divisor) {
        return with(config.withDivisorOverride(divisor));
    }

    @Override
    public AveragePooling3D with(PoolConfig newConfig) {
        return new AveragePooling3D(newConfig);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return config.average(className(), scope, inputs);
    }
}
