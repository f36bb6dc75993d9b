package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;

import dev.convoy.graph.Layout;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Identity;
import dev.convoy.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What acts in training only. */
final class RegularizationLayers {

    private static final String FAMILY = "Regularization";
    private static final String INFERENCE = "does nothing, also in training";

    private RegularizationLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "Dropout", RegularizationLayers::dropout),
                always(FAMILY, "SpatialDropout1D", c -> spatial(c, 1)),
                always(FAMILY, "SpatialDropout2D", c -> spatial(c, 2)),
                always(FAMILY, "SpatialDropout3D", c -> spatial(c, 3)),
                always(FAMILY, "GaussianNoise", c -> nothing(c, "stddev")).limits(INFERENCE),
                always(FAMILY, "GaussianDropout", c -> nothing(c, "rate")).limits(INFERENCE),
                always(FAMILY, "AlphaDropout", c -> nothing(c, "rate", "noise_shape"))
                        .versions(2, 3)
                        .limits(INFERENCE),
                always(FAMILY, "ActivityRegularization", c -> nothing(c, "l1", "l2"))
                        .limits(INFERENCE));
    }

    private static Layer dropout(LayerConfig c) {
        List<Integer> shared = new ArrayList<>();
        JsonNode shape = c.value("noise_shape");
        for (int axis = 0; axis < shape.size(); axis++) {
            if (shape.get(axis).asInt(0) == 1) {
                shared.add(axis);
            }
        }
        return new Dropout(rate(c), shared);
    }

    private static Layer spatial(LayerConfig c, int rank) {
        int start = c.layout() == Layout.CHANNELS_LAST ? 1 : 2;
        List<Integer> shared = new ArrayList<>();
        for (int axis = start; axis < start + rank; axis++) {
            shared.add(axis);
        }
        return new Dropout(rate(c), shared);
    }

    /** Keras allows 1 (drop everything), which is of no use in training and does nothing at inference. */
    private static double rate(LayerConfig c) {
        return Math.min(c.number("rate", 0), Math.nextDown(1.0));
    }

    private static Layer nothing(LayerConfig c, String... keys) {
        c.ignore(keys);
        c.note(c.className() + " does nothing at inference; it is left out in training too");
        return Identity.of();
    }
}
