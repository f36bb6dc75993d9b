package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;

import dev.convoy.layers.AveragePooling1D;
import dev.convoy.layers.AveragePooling2D;
import dev.convoy.layers.AveragePooling3D;
import dev.convoy.layers.GlobalAveragePooling1D;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.GlobalAveragePooling3D;
import dev.convoy.layers.GlobalMaxPooling1D;
import dev.convoy.layers.GlobalMaxPooling2D;
import dev.convoy.layers.GlobalMaxPooling3D;
import dev.convoy.layers.MaxPooling1D;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.MaxPooling3D;
import dev.convoy.layers.PoolLayer;
import java.util.List;

/** Pooling, over windows and over everything. */
final class PoolingLayers {

    private static final String FAMILY = "Pooling";

    private PoolingLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "MaxPooling1D", c -> common(c, MaxPooling1D.of(size(c, 1)), 1)),
                always(FAMILY, "MaxPooling2D", c -> common(c, MaxPooling2D.of(size(c, 2)), 2)),
                always(FAMILY, "MaxPooling3D", c -> common(c, MaxPooling3D.of(size(c, 3)), 3)),
                always(FAMILY, "AveragePooling1D", c -> common(c, AveragePooling1D.of(size(c, 1)), 1)),
                always(FAMILY, "AveragePooling2D", c -> common(c, AveragePooling2D.of(size(c, 2)), 2)),
                always(FAMILY, "AveragePooling3D", c -> common(c, AveragePooling3D.of(size(c, 3)), 3)),
                always(FAMILY, "GlobalMaxPooling1D", c -> new GlobalMaxPooling1D(keepDims(c), c.layout())),
                always(FAMILY, "GlobalMaxPooling2D", c -> new GlobalMaxPooling2D(keepDims(c), c.layout())),
                always(FAMILY, "GlobalMaxPooling3D", c -> new GlobalMaxPooling3D(keepDims(c), c.layout())),
                always(FAMILY, "GlobalAveragePooling1D", c -> new GlobalAveragePooling1D(keepDims(c), c.layout())),
                always(FAMILY, "GlobalAveragePooling2D", c -> new GlobalAveragePooling2D(keepDims(c), c.layout())),
                always(FAMILY, "GlobalAveragePooling3D", c -> new GlobalAveragePooling3D(keepDims(c), c.layout())));
    }

    private static Integer[] size(LayerConfig c, int rank) {
        return c.has("pool_size") ? c.integers("pool_size", rank) : new Integer[] {2};
    }

    private static boolean keepDims(LayerConfig c) {
        return c.flag("keepdims", false);
    }

    private static <T extends PoolLayer<T>> T common(LayerConfig c, T layer, int rank) {
        T result = layer.padding(c.padding()).dataFormat(c.layout());
        return c.has("strides") ? result.strides(c.integers("strides", rank)) : result;
    }
}
