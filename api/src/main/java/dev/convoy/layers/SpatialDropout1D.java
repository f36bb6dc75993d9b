package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@link Dropout} of whole channels of {@code [n, w, c]} (Keras 3 {@code SpatialDropout1D}; Tompson et al. 2014).
 *
 * @param rate what is dropped, in {@code [0, 1)}
 */
public record SpatialDropout1D(double rate) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if the rate is outside {@code [0, 1)}
     */
    public SpatialDropout1D {
        Masks.checkRate("SpatialDropout1D", rate);
    }

    public static SpatialDropout1D of(double rate) {
        return new SpatialDropout1D(rate);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(className(), inputs);
        SpatialAxes axes = new SpatialAxes(className(), 1, Layout.CHANNELS_LAST);
        axes.require(x.shape());
        return List.of(Masks.dropout(scope, x, rate, axes.axes()));
    }
}
