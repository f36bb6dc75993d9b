package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.ActivityRegularization;
import dev.convoy.layers.AlphaDropout;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.GaussianDropout;
import dev.convoy.layers.GaussianNoise;
import dev.convoy.layers.SpatialDropout1D;
import dev.convoy.layers.SpatialDropout2D;
import dev.convoy.layers.SpatialDropout3D;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What acts in training only. */
final class RegularizationLayers {

    private static final String FAMILY = "Regularization";

    private RegularizationLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "Dropout", c -> new Dropout(rate(c), sharedAxes(c))),
                always(FAMILY, "SpatialDropout1D", c -> SpatialDropout1D.of(rate(c))),
                always(FAMILY, "SpatialDropout2D", c -> new SpatialDropout2D(rate(c), c.layout())),
                always(FAMILY, "SpatialDropout3D", c -> new SpatialDropout3D(rate(c), c.layout())),
                since2(FAMILY, "AlphaDropout", c -> new AlphaDropout(rate(c), sharedAxes(c))),
                always(FAMILY, "GaussianDropout", c -> GaussianDropout.of(rate(c))),
                always(FAMILY, "GaussianNoise", c -> GaussianNoise.of(c.number("stddev", 0))),
                always(
                        FAMILY,
                        "ActivityRegularization",
                        c -> ActivityRegularization.of(c.number("l1", 0), c.number("l2", 0))));
    }

    private static List<Integer> sharedAxes(LayerConfig c) {
        List<Integer> shared = new ArrayList<>();
        JsonNode shape = c.value("noise_shape");
        for (int axis = 0; axis < shape.size(); axis++) {
            if (shape.get(axis).asInt(0) == 1) {
                shared.add(axis);
            }
        }
        return shared;
    }

    /** Keras allows 1 (drop everything), which is of no use in training and does nothing at inference. */
    private static double rate(LayerConfig c) {
        return Math.min(c.number("rate", 0), Math.nextDown(1.0));
    }
}
