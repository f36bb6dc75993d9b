package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Interpolation;
import java.util.List;

/**
 * Repeats the planes, rows and columns of {@code [n, d, h, w, c]} (Keras 3 {@code UpSampling3D}).
 *
 * @param size how often; [2, 2, 2] by default
 * @param dataFormat CHANNELS_LAST by default
 */
public record UpSampling3D(List<Integer> size, Layout dataFormat) implements Layer {

    public UpSampling3D {
        size = Geometry.spread(size, 3);
    }

    public static UpSampling3D of() {
        return of(2);
    }

    /**
     * @param size one number for all axes, or one for each
     */
    public static UpSampling3D of(Integer... size) {
        return new UpSampling3D(List.of(size), Layout.CHANNELS_LAST);
    }

    public UpSampling3D dataFormat(Layout value) {
        return new UpSampling3D(size, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        SpatialAxes axes = new SpatialAxes(className(), 3, dataFormat);
        return UpSampling.apply(axes, scope, inputs, size, Interpolation.NEAREST);
    }
}
