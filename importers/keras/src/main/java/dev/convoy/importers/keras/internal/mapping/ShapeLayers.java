package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;

import dev.convoy.graph.composite.Interpolation;
import dev.convoy.layers.Cropping1D;
import dev.convoy.layers.Cropping2D;
import dev.convoy.layers.Cropping3D;
import dev.convoy.layers.Flatten;
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

    static List<Mapping<?>> all() {
        return List.of(
                always(
                        FAMILY,
                        Flatten.class,
                        c -> Flatten.of().dataFormat(c.layout()),
                        (l, c) -> c.layout(l.dataFormat())),
                always(
                        FAMILY,
                        Reshape.class,
                        c -> new Reshape(c.list("target_shape")),
                        (l, c) -> c.put("target_shape", l.targetShape())),
                always(FAMILY, Permute.class, c -> new Permute(c.list("dims")), (l, c) -> c.put("dims", l.dims())),
                always(
                        FAMILY,
                        RepeatVector.class,
                        c -> RepeatVector.of(c.integer("n")),
                        (l, c) -> c.put("n", l.times())),
                always(
                        FAMILY,
                        ZeroPadding1D.class,
                        ShapeLayers::zeroPadding1D,
                        (l, c) -> new Borders(l.before(), l.after()).write(c, "padding", l.dataFormat())),
                always(
                        FAMILY,
                        ZeroPadding2D.class,
                        ShapeLayers::zeroPadding2D,
                        (l, c) -> new Borders(l.before(), l.after()).write(c, "padding", l.dataFormat())),
                always(
                        FAMILY,
                        ZeroPadding3D.class,
                        ShapeLayers::zeroPadding3D,
                        (l, c) -> new Borders(l.before(), l.after()).write(c, "padding", l.dataFormat())),
                always(
                        FAMILY,
                        Cropping1D.class,
                        ShapeLayers::cropping1D,
                        (l, c) -> new Borders(l.before(), l.after()).write(c, "cropping", l.dataFormat())),
                always(
                        FAMILY,
                        Cropping2D.class,
                        ShapeLayers::cropping2D,
                        (l, c) -> new Borders(l.before(), l.after()).write(c, "cropping", l.dataFormat())),
                always(
                        FAMILY,
                        Cropping3D.class,
                        ShapeLayers::cropping3D,
                        (l, c) -> new Borders(l.before(), l.after()).write(c, "cropping", l.dataFormat())),
                always(
                        FAMILY,
                        UpSampling1D.class,
                        c -> UpSampling1D.of(size(c, 1)[0]),
                        (l, c) -> c.put("size", l.size())),
                always(
                        FAMILY,
                        UpSampling2D.class,
                        ShapeLayers::upSampling2D,
                        (l, c) -> c.put("size", l.size())
                                .layout(l.dataFormat())
                                .put("interpolation", word(l.interpolation()))),
                always(
                        FAMILY,
                        UpSampling3D.class,
                        c -> UpSampling3D.of(size(c, 3)).dataFormat(c.layout()),
                        (l, c) -> c.put("size", l.size()).layout(l.dataFormat())));
    }

    private static ZeroPadding1D zeroPadding1D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 1);
        return ZeroPadding1D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static ZeroPadding2D zeroPadding2D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 2);
        return ZeroPadding2D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static ZeroPadding3D zeroPadding3D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 3);
        return ZeroPadding3D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Cropping1D cropping1D(LayerConfig c) {
        Borders b = Borders.of(c, "cropping", 1);
        return Cropping1D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Cropping2D cropping2D(LayerConfig c) {
        Borders b = Borders.of(c, "cropping", 2);
        return Cropping2D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Cropping3D cropping3D(LayerConfig c) {
        Borders b = Borders.of(c, "cropping", 3);
        return Cropping3D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Integer[] size(LayerConfig c, int rank) {
        return c.has("size") ? c.integers("size", rank) : new Integer[] {2};
    }

    private static UpSampling2D upSampling2D(LayerConfig c) {
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

    static String word(Interpolation interpolation) {
        return interpolation.name().toLowerCase(Locale.ROOT);
    }
}
