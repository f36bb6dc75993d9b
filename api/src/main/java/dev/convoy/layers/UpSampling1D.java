package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Interpolation;
import java.util.List;

/**
 * Repeats each step of {@code [n, w, c]} (Keras 3 {@code UpSampling1D}).
 *
 * @param size how often; 2 by default
 */
public record UpSampling1D(int size) implements Layer {

    public static UpSampling1D of() {
        return of(2);
    }

    public static UpSampling1D of(int size) {
        return new UpSampling1D(size);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        SpatialAxes axes = new SpatialAxes(className(), 1, Layout.CHANNELS_LAST);
        return UpSampling.apply(axes, scope, inputs, List.of(size), Interpolation.NEAREST);
    }
}
