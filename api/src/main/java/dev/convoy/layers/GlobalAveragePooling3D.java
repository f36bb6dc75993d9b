package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * The mean of each channel of {@code [n, d, h, w, c]}, as {@code [n, c]} (Keras 3 {@code GlobalAveragePooling3D}).
 *
 * @param keepDims whether the spatial axes stay with size 1; false by default
 * @param dataFormat CHANNELS_LAST by default
 */
public record GlobalAveragePooling3D(boolean keepDims, Layout dataFormat) implements Layer {

    public static GlobalAveragePooling3D of() {
        return new GlobalAveragePooling3D(false, Layout.CHANNELS_LAST);
    }

    public GlobalAveragePooling3D keepDims(boolean value) {
        return new GlobalAveragePooling3D(value, dataFormat);
    }

    public GlobalAveragePooling3D dataFormat(Layout value) {
        return new GlobalAveragePooling3D(keepDims, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return GlobalPooling.apply(className(), scope, inputs, ReduceFn.MEAN, 3, keepDims, dataFormat);
    }
}
