package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;

import dev.convoy.layers.Add;
import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Layer;
import java.util.List;

/** Layers with several inputs. */
final class MergeLayers {

    private static final String FAMILY = "Merging";

    private MergeLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "Add", c -> Add.of()).versions(2, 3),
                always(FAMILY, "Concatenate", c -> new Concatenate(c.integer("axis", -1)))
                        .versions(2, 3),
                always(FAMILY, "Merge", MergeLayers::merge)
                        .versions(1)
                        .limits("modes sum and concat; in Functional models"));
    }

    private static Layer merge(LayerConfig c) {
        c.ignore("mode_type", "output_shape_type", "output_mask_type", "arguments", "dot_axes", "layers");
        return switch (c.text("mode", "sum")) {
            case "sum" -> Add.of();
            case "concat" -> new Concatenate(c.integer("concat_axis", -1));
            default -> throw c.unsupported("mode '" + c.text("mode", "") + "'");
        };
    }
}
