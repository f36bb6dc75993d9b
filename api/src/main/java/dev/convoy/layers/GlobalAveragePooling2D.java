package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * The mean of each channel of {@code [n, h, w, c]}, as {@code [n, c]} (Keras 3 {@code GlobalAveragePooling2D}).
 *
 * @param keepDims whether the spatial axes stay with size 1; false by default
 * @param dataFormat CHANNELS_LAST by default
 */
public record GlobalAveragePooling2D(boolean keepDims, Layout dataFormat) implements Layer {

    public static GlobalAveragePooling2D of() {
        return new GlobalAveragePooling2D(false, Layout.CHANNELS_LAST);
    }

    public GlobalAveragePooling2D keepDims(boolean value) {
        return new GlobalAveragePooling2D(value, dataFormat);
    }

    public GlobalAveragePooling2D dataFormat(Layout value) {
        return new GlobalAveragePooling2D(keepDims, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return GlobalPooling.apply(className(), scope, inputs, ReduceFn.MEAN, 2, keepDims, dataFormat);
    }
}
