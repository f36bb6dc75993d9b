package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.readOnly;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.Add;
import dev.convoy.layers.Average;
import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Dot;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Maximum;
import dev.convoy.layers.Minimum;
import dev.convoy.layers.Multiply;
import dev.convoy.layers.Subtract;
import java.util.List;

/** Layers with several inputs. */
final class MergeLayers {

    private static final String FAMILY = "Merging";

    private MergeLayers() {}

    static List<Mapping<?>> all() {
        return List.of(
                since2(FAMILY, Add.class, c -> Add.of(), (l, c) -> {}),
                since2(FAMILY, Subtract.class, c -> Subtract.of(), (l, c) -> {}),
                since2(FAMILY, Multiply.class, c -> Multiply.of(), (l, c) -> {}),
                since2(FAMILY, Average.class, c -> Average.of(), (l, c) -> {}),
                since2(FAMILY, Maximum.class, c -> Maximum.of(), (l, c) -> {}),
                since2(FAMILY, Minimum.class, c -> Minimum.of(), (l, c) -> {}),
                since2(
                        FAMILY,
                        Concatenate.class,
                        c -> new Concatenate(c.integer("axis", -1)),
                        (l, c) -> c.put("axis", l.axis())),
                since2(
                        FAMILY,
                        Dot.class,
                        c -> new Dot(c.list("axes"), c.flag("normalize", false)),
                        (l, c) -> c.axes("axes", l.axes().stream().distinct().toList())
                                .put("normalize", l.normalize())),
                readOnly(FAMILY, "Merge", MergeLayers::merge)
                        .versions(1)
                        .limits("in Functional models; modes sum, mul, ave, max and concat"));
    }

    private static Layer merge(LayerConfig c) {
        c.ignore("mode_type", "output_shape_type", "output_mask_type", "arguments", "dot_axes", "layers");
        c.ignore("concat_axis");
        return switch (c.text("mode", "sum")) {
            case "sum" -> Add.of();
            case "mul" -> Multiply.of();
            case "ave" -> Average.of();
            case "max" -> Maximum.of();
            case "concat" -> new Concatenate(c.integer("concat_axis", -1));
            default -> throw c.unsupported("mode '" + c.text("mode", "") + "'");
        };
    }
}
