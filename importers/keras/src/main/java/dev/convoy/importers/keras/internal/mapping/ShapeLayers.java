package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;

import dev.convoy.graph.composite.Interpolation;
import dev.convoy.layers.Cropping1D;
import dev.convoy.layers.Cropping2D;
import dev.convoy.layers.Cropping3D;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Permute;
import dev.convoy.layers.RepeatVector;
import dev.convoy.layers.Reshape;
import dev.convoy.layers.UpSampling1D;
import dev.convoy.layers.UpSampling2D;
import dev.convoy.layers.UpSampling3D;
import dev.convoy.layers.ZeroPadding1D;
import dev.convoy.layers.ZeroPadding2D;
import dev.convoy.layers.ZeroPadding3D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Layers that move, pad, cut and repeat elements. */
final class ShapeLayers {

    private static final String FAMILY = "Shapes";

    private ShapeLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "Flatten", c -> Flatten.of().dataFormat(c.layout())),
                always(FAMILY, "Reshape", c -> new Reshape(c.list("target_shape"))),
                always(FAMILY, "Permute", c -> new Permute(c.list("dims"))),
                always(FAMILY, "RepeatVector", c -> RepeatVector.of(c.integer("n"))),
                always(FAMILY, "ZeroPadding1D", ShapeLayers::zeroPadding1D),
                always(FAMILY, "ZeroPadding2D", ShapeLayers::zeroPadding2D),
                always(FAMILY, "ZeroPadding3D", ShapeLayers::zeroPadding3D),
                always(FAMILY, "Cropping1D", ShapeLayers::cropping1D),
                always(FAMILY, "Cropping2D", ShapeLayers::cropping2D),
                always(FAMILY, "Cropping3D", ShapeLayers::cropping3D),
                always(FAMILY, "UpSampling1D", c -> UpSampling1D.of(size(c, 1)[0])),
                always(FAMILY, "UpSampling2D", ShapeLayers::upSampling2D),
                always(FAMILY, "UpSampling3D", c -> UpSampling3D.of(size(c, 3)).dataFormat(c.layout())));
    }

    private static Layer zeroPadding1D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 1);
        return ZeroPadding1D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Layer zeroPadding2D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 2);
        return ZeroPadding2D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Layer zeroPadding3D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 3);
        return ZeroPadding3D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Layer cropping1D(LayerConfig c) {
        Borders b = Borders.of(c, "cropping", 1);
        return Cropping1D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Layer cropping2D(LayerConfig c) {
        Borders b = Borders.of(c, "cropping", 2);
        return Cropping2D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Layer cropping3D(LayerConfig c) {
        Borders b = Borders.of(c, "cropping", 3);
        return Cropping3D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Integer[] size(LayerConfig c, int rank) {
        return c.has("size") ? c.integers("size", rank) : new Integer[] {2};
    }

    private static Layer upSampling2D(LayerConfig c) {
        return UpSampling2D.of(size(c, 2))
                .interpolation(interpolation(c, Interpolation.NEAREST))
                .dataFormat(c.layout());
    }

    static Interpolation interpolation(LayerConfig c, Interpolation otherwise) {
        String name = c.text("interpolation", otherwise.name().toLowerCase(Locale.ROOT));
        return Arrays.stream(Interpolation.values())
                .filter(i -> i.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> c.unsupported("interpolation '" + name + "'"));
    }
}
