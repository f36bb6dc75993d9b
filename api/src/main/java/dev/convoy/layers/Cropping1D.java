package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Cuts off the ends of the spatial axes of {@code [n, w, c]} (Keras 3 {@code Cropping1D}): left, then right.
 *
 * @param before elements cut off before each spatial axis
 * @param after elements cut off after each spatial axis
 * @param dataFormat CHANNELS_LAST by default
 */
public record Cropping1D(List<Integer> before, List<Integer> after, Layout dataFormat) implements Layer {

    public Cropping1D {
        before = Geometry.spread(before, 1);
        after = Geometry.spread(after, 1);
    }

    /** The same number before and after each axis, one for all axes or one for each. */
    public static Cropping1D of(Integer... elements) {
        return of(List.of(elements), List.of(elements));
    }

    public static Cropping1D of(List<Integer> before, List<Integer> after) {
        return new Cropping1D(before, after, Layout.CHANNELS_LAST);
    }

    public Cropping1D dataFormat(Layout value) {
        return new Cropping1D(before, after, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return Cropping.apply(new SpatialAxes(className(), 1, dataFormat), scope, inputs, before, after);
    }
}
