package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import java.util.List;

/**
 * What the pooling layers have in common.
 *
 * @param geometry window, strides (the window's size by default), dilation (max pooling only), padding, data format
 * @param ceilMode whether the number of windows is rounded up; false by default
 * @param returnIndices whether max pooling also gives the positions of its values; false by default
 * @param countIncludePad whether average pooling counts its padding; false by default, as Keras
 * @param divisorOverride what average pooling divides by, or 0 (the default) for the count
 */
public record PoolConfig(
        Geometry geometry, boolean ceilMode, boolean returnIndices, boolean countIncludePad, int divisorOverride) {

    static PoolConfig of(List<Integer> poolSize, int rank) {
        List<Integer> size = Geometry.spread(poolSize, rank);
        Check.of("Pooling").that(size.size() == rank, "L4", "pool_size has one entry per spatial axis", rank, poolSize);
        return new PoolConfig(Geometry.of(size).withStrides(size), false, false, false, 0);
    }

    PoolConfig withGeometry(Geometry value) {
        return new PoolConfig(value, ceilMode, returnIndices, countIncludePad, divisorOverride);
    }

    PoolConfig withCeilMode(boolean value) {
        return new PoolConfig(geometry, value, returnIndices, countIncludePad, divisorOverride);
    }

    PoolConfig withReturnIndices(boolean value) {
        return new PoolConfig(geometry, ceilMode, value, countIncludePad, divisorOverride);
    }

    PoolConfig withCountIncludePad(boolean value) {
        return new PoolConfig(geometry, ceilMode, returnIndices, value, divisorOverride);
    }

    PoolConfig withDivisorOverride(int value) {
        return new PoolConfig(geometry, ceilMode, returnIndices, countIncludePad, value);
    }

    List<Value> max(String layer, LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(layer, inputs);
        Window window = geometry.window(layer, x.shape());
        List<Value> results = scope.graph().add(new MaxPool(window, ceilMode, geometry.dataFormat()), inputs);
        return returnIndices ? results : results.subList(0, 1);
    }

    List<Value> average(String layer, LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(layer, inputs);
        Window window = geometry.window(layer, x.shape());
        return scope.graph()
                .add(new AvgPool(window, ceilMode, countIncludePad, divisorOverride, geometry.dataFormat()), inputs);
    }
}
