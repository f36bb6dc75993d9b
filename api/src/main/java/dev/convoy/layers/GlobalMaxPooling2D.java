package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * The largest element of each channel of {@code [n, h, w, c]}, as {@code [n, c]} (Keras 3 {@code GlobalMaxPooling2D}).
 *
 * @param keepDims whether the spatial axes stay with size 1; false by default
 * @param dataFormat CHANNELS_LAST by default
 */
public record GlobalMaxPooling2D(boolean keepDims, Layout dataFormat) implements Layer {

    public static GlobalMaxPooling2D of() {
        return new GlobalMaxPooling2D(false, Layout.CHANNELS_LAST);
    }

    public GlobalMaxPooling2D keepDims(boolean value) {
        return new GlobalMaxPooling2D(value, dataFormat);
    }

    public GlobalMaxPooling2D dataFormat(Layout value) {
        return new GlobalMaxPooling2D(keepDims, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return GlobalPooling.apply(className(), scope, inputs, ReduceFn.MAX, 2, keepDims, dataFormat);
    }
}
