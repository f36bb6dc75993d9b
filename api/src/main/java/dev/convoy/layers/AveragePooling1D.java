package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * The mean of each window over the spatial axis of {@code [n, w, c]} (Keras 3 {@code AveragePooling1D}; the count and the divisor as in
 * PyTorch's {@code AvgPool1d}).
 */
public record AveragePooling1D(PoolConfig config) implements PoolLayer<AveragePooling1D> {

    /**
     * @param poolSize one number for all axes, or one for each
     */
    public static AveragePooling1D of(Integer... poolSize) {
        return new AveragePooling1D(PoolConfig.of(List.of(poolSize), 1));
    }

    /** Whether padding counts as zeros; false by default, as Keras. PyTorch's default is true. */
    public AveragePooling1D countIncludePad(boolean countIncludePad) {
        return with(config.withCountIncludePad(countIncludePad));
    }

    /** What the sum of each window is divided by, or 0 (the default) for the number of elements it counts. */
    public AveragePooling1D divisorOverride(int divisor) {
        return with(config.withDivisorOverride(divisor));
    }

    @Override
    public AveragePooling1D with(PoolConfig newConfig) {
        return new AveragePooling1D(newConfig);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return config.average(className(), scope, inputs);
    }
}
