package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Zeros around the spatial axes of {@code [n, w, c]} (Keras 3 {@code ZeroPadding1D}): left, then right.
 *
 * @param before pads before each spatial axis
 * @param after pads after each spatial axis
 * @param dataFormat CHANNELS_LAST by default
 */
public record ZeroPadding1D(List<Integer> before, List<Integer> after, Layout dataFormat) implements Layer {

    public ZeroPadding1D {
        before = Geometry.spread(before, 1);
        after = Geometry.spread(after, 1);
    }

    /** The same pads before and after each axis, one number for all or one for each. */
    public static ZeroPadding1D of(Integer... pads) {
        return of(List.of(pads), List.of(pads));
    }

    public static ZeroPadding1D of(List<Integer> before, List<Integer> after) {
        return new ZeroPadding1D(before, after, Layout.CHANNELS_LAST);
    }

    public ZeroPadding1D dataFormat(Layout value) {
        return new ZeroPadding1D(before, after, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return ZeroPadding.apply(new SpatialAxes(className(), 1, dataFormat), scope, inputs, before, after);
    }
}
