package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Zeros around the spatial axes of {@code [n, h, w, c]} (Keras 3 {@code ZeroPadding2D}): top and left, then bottom and right.
 *
 * @param before pads before each spatial axis
 * @param after pads after each spatial axis
 * @param dataFormat CHANNELS_LAST by default
 */
public record ZeroPadding2D(List<Integer> before, List<Integer> after, Layout dataFormat) implements Layer {

    public ZeroPadding2D {
        before = Geometry.spread(before, 2);
        after = Geometry.spread(after, 2);
    }

    /** The same pads before and after each axis, one number for all or one for each. */
    public static ZeroPadding2D of(Integer... pads) {
        return of(List.of(pads), List.of(pads));
    }

    public static ZeroPadding2D of(List<Integer> before, List<Integer> after) {
        return new ZeroPadding2D(before, after, Layout.CHANNELS_LAST);
    }

    public ZeroPadding2D dataFormat(Layout value) {
        return new ZeroPadding2D(before, after, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return ZeroPadding.apply(new SpatialAxes(className(), 2, dataFormat), scope, inputs, before, after);
    }
}
