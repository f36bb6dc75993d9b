package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Interpolation;
import dev.convoy.graph.composite.Resize;
import java.util.List;

/**
 * Multiplies height and width of {@code [n, h, w, c]} (Keras 3 {@code UpSampling2D}).
 *
 * @param size factors of height and width; [2, 2] by default
 * @param interpolation NEAREST (repeats rows and columns) by default; others as {@link Resize} without antialias
 * @param dataFormat CHANNELS_LAST by default
 */
public record UpSampling2D(List<Integer> size, Interpolation interpolation, Layout dataFormat) implements Layer {

    public UpSampling2D {
        size = Geometry.spread(size, 2);
    }

    public static UpSampling2D of() {
        return of(2);
    }

    /**
     * @param size one number for both axes, or one for each
     */
    public static UpSampling2D of(Integer... size) {
        return new UpSampling2D(List.of(size), Interpolation.NEAREST, Layout.CHANNELS_LAST);
    }

    public UpSampling2D interpolation(Interpolation value) {
        return new UpSampling2D(size, value, dataFormat);
    }

    public UpSampling2D dataFormat(Layout value) {
        return new UpSampling2D(size, interpolation, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return UpSampling.apply(new SpatialAxes(className(), 2, dataFormat), scope, inputs, size, interpolation);
    }
}
