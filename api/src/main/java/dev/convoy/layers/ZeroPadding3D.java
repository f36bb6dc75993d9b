package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Zeros around the spatial axes of {@code [n, d, h, w, c]} (Keras 3 {@code ZeroPadding3D}): front, top and left, then the other ends.
 *
 * @param before pads before each spatial axis
 * @param after pads after each spatial axis
 * @param dataFormat CHANNELS_LAST by default
 */
public record ZeroPadding3D(List<Integer> before, List<Integer> after, Layout dataFormat) implements Layer {

    public ZeroPadding3D {
        before = Geometry.spread(before, 3);
        after = Geometry.spread(after, 3);
    }

    /** The same pads before and after each axis, one number for all or one for each. */
    public static ZeroPadding3D of(Integer... pads) {
        return of(List.of(pads), List.of(pads));
    }

    public static ZeroPadding3D of(List<Integer> before, List<Integer> after) {
        return new ZeroPadding3D(before, after, Layout.CHANNELS_LAST);
    }

    public ZeroPadding3D dataFormat(Layout value) {
        return new ZeroPadding3D(before, after, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return ZeroPadding.apply(new SpatialAxes(className(), 3, dataFormat), scope, inputs, before, after);
    }
}
