package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@link Dropout} of whole channels of {@code [n, d, h, w, c]} (Keras 3 {@code SpatialDropout3D}; Tompson et al. 2014).
 *
 * @param rate what is dropped, in {@code [0, 1)}
 * @param dataFormat CHANNELS_LAST by default
 */
public record SpatialDropout3D(double rate, Layout dataFormat) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if the rate is outside {@code [0, 1)}
     */
    public SpatialDropout3D {
        Masks.checkRate("SpatialDropout3D", rate);
    }

    public static SpatialDropout3D of(double rate) {
        return new SpatialDropout3D(rate, Layout.CHANNELS_LAST);
    }

    public SpatialDropout3D dataFormat(Layout value) {
        return new SpatialDropout3D(rate, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(className(), inputs);
        SpatialAxes axes = new SpatialAxes(className(), 3, dataFormat);
        axes.require(x.shape());
        return List.of(Masks.dropout(scope, x, rate, axes.axes()));
    }
}
