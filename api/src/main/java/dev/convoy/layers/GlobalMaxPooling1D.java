package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * The largest element of each channel of {@code [n, w, c]}, as {@code [n, c]} (Keras 3 {@code GlobalMaxPooling1D}).
 *
 * @param keepDims whether the spatial axes stay with size 1; false by default
 * @param dataFormat CHANNELS_LAST by default
 */
public record GlobalMaxPooling1D(boolean keepDims, Layout dataFormat) implements Layer {

    public static GlobalMaxPooling1D of() {
        return new GlobalMaxPooling1D(false, Layout.CHANNELS_LAST);
    }

    public GlobalMaxPooling1D keepDims(boolean value) {
        return new GlobalMaxPooling1D(value, dataFormat);
    }

    public GlobalMaxPooling1D dataFormat(Layout value) {
        return new GlobalMaxPooling1D(keepDims, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return GlobalPooling.apply(className(), scope, inputs, ReduceFn.MAX, 1, keepDims, dataFormat);
    }
}
