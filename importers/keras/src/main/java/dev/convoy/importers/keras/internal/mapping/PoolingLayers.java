package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;

import dev.convoy.graph.Layout;
import dev.convoy.layers.AveragePooling1D;
import dev.convoy.layers.AveragePooling2D;
import dev.convoy.layers.AveragePooling3D;
import dev.convoy.layers.Geometry;
import dev.convoy.layers.GlobalAveragePooling1D;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.GlobalAveragePooling3D;
import dev.convoy.layers.GlobalMaxPooling1D;
import dev.convoy.layers.GlobalMaxPooling2D;
import dev.convoy.layers.GlobalMaxPooling3D;
import dev.convoy.layers.MaxPooling1D;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.MaxPooling3D;
import dev.convoy.layers.PoolConfig;
import dev.convoy.layers.PoolLayer;
import java.util.Collections;
import java.util.List;

/** Pooling, over windows and over everything. */
final class PoolingLayers {

    private static final String FAMILY = "Pooling";

    private PoolingLayers() {}

    static List<Mapping<?>> all() {
        return List.of(
                always(
                        FAMILY,
                        MaxPooling1D.class,
                        c -> common(c, MaxPooling1D.of(size(c, 1)), 1),
                        PoolingLayers::write),
                always(
                        FAMILY,
                        MaxPooling2D.class,
                        c -> common(c, MaxPooling2D.of(size(c, 2)), 2),
                        PoolingLayers::write),
                always(
                        FAMILY,
                        MaxPooling3D.class,
                        c -> common(c, MaxPooling3D.of(size(c, 3)), 3),
                        PoolingLayers::write),
                always(
                        FAMILY,
                        AveragePooling1D.class,
                        c -> common(c, AveragePooling1D.of(size(c, 1)), 1),
                        PoolingLayers::write),
                always(
                        FAMILY,
                        AveragePooling2D.class,
                        c -> common(c, AveragePooling2D.of(size(c, 2)), 2),
                        PoolingLayers::write),
                always(
                        FAMILY,
                        AveragePooling3D.class,
                        c -> common(c, AveragePooling3D.of(size(c, 3)), 3),
                        PoolingLayers::write),
                always(
                        FAMILY,
                        GlobalMaxPooling1D.class,
                        c -> new GlobalMaxPooling1D(keepDims(c), c.layout()),
                        (l, c) -> writeGlobal(c, l.keepDims(), l.dataFormat())),
                always(
                        FAMILY,
                        GlobalMaxPooling2D.class,
                        c -> new GlobalMaxPooling2D(keepDims(c), c.layout()),
                        (l, c) -> writeGlobal(c, l.keepDims(), l.dataFormat())),
                always(
                        FAMILY,
                        GlobalMaxPooling3D.class,
                        c -> new GlobalMaxPooling3D(keepDims(c), c.layout()),
                        (l, c) -> writeGlobal(c, l.keepDims(), l.dataFormat())),
                always(
                        FAMILY,
                        GlobalAveragePooling1D.class,
                        c -> new GlobalAveragePooling1D(keepDims(c), c.layout()),
                        (l, c) -> writeGlobal(c, l.keepDims(), l.dataFormat())),
                always(
                        FAMILY,
                        GlobalAveragePooling2D.class,
                        c -> new GlobalAveragePooling2D(keepDims(c), c.layout()),
                        (l, c) -> writeGlobal(c, l.keepDims(), l.dataFormat())),
                always(
                        FAMILY,
                        GlobalAveragePooling3D.class,
                        c -> new GlobalAveragePooling3D(keepDims(c), c.layout()),
                        (l, c) -> writeGlobal(c, l.keepDims(), l.dataFormat())));
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

    private static void write(PoolLayer<?> layer, ConfigWriter c) {
        PoolConfig config = layer.config();
        Geometry geometry = config.geometry();
        c.require(
                Collections.max(geometry.dilationRate()) == 1,
                "pooling with dilation " + geometry.dilationRate(),
                null);
        c.require(!config.ceilMode(), "ceil mode", "pad the input so that no window is cut off");
        c.require(!config.returnIndices(), "pooling that returns indices", null);
        c.require(!config.countIncludePad(), "average that counts its padding", "put a ZeroPadding layer in front");
        c.require(config.divisorOverride() == 0, "average with a divisor of its own", "rescale what pooling gives");
        c.put("pool_size", geometry.size())
                .padding(geometry.padding())
                .put("strides", geometry.strides())
                .layout(geometry.dataFormat());
    }

    private static void writeGlobal(ConfigWriter c, boolean keepDims, Layout dataFormat) {
        c.layout(dataFormat).put("keepdims", keepDims);
    }
}
