package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Cuts off the ends of the spatial axes of {@code [n, d, h, w, c]} (Keras 3 {@code Cropping3D}): front, top and left, then the other ends.
 *
 * @param before elements cut off before each spatial axis
 * @param after elements cut off after each spatial axis
 * @param dataFormat CHANNELS_LAST by default
 */
public record Cropping3D(List<Integer> before, List<Integer> after, Layout dataFormat) implements Layer {

    public Cropping3D {
        before = Geometry.spread(before, 3);
        after = Geometry.spread(after, 3);
    }

    /** The same number before and after each axis, one for all axes or one for each. */
    public static Cropping3D of(Integer... elements) {
        return of(List.of(elements), List.of(elements));
    }

    public static Cropping3D of(List<Integer> before, List<Integer> after) {
        return new Cropping3D(before, after, Layout.CHANNELS_LAST);
    }

    public Cropping3D dataFormat(Layout value) {
        return new Cropping3D(before, after, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return Cropping.apply(new SpatialAxes(className(), 3, dataFormat), scope, inputs, before, after);
    }
}
