package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Cuts off the ends of the spatial axes of {@code [n, h, w, c]} (Keras 3 {@code Cropping2D}): top and left, then bottom and right.
 *
 * @param before elements cut off before each spatial axis
 * @param after elements cut off after each spatial axis
 * @param dataFormat CHANNELS_LAST by default
 */
public record Cropping2D(List<Integer> before, List<Integer> after, Layout dataFormat) implements Layer {

    public Cropping2D {
        before = Geometry.spread(before, 2);
        after = Geometry.spread(after, 2);
    }

    /** The same number before and after each axis, one for all axes or one for each. */
    public static Cropping2D of(Integer... elements) {
        return of(List.of(elements), List.of(elements));
    }

    public static Cropping2D of(List<Integer> before, List<Integer> after) {
        return new Cropping2D(before, after, Layout.CHANNELS_LAST);
    }

    public Cropping2D dataFormat(Layout value) {
        return new Cropping2D(before, after, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return Cropping.apply(new SpatialAxes(className(), 2, dataFormat), scope, inputs, before, after);
    }
}
