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
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What acts in training only. */
final class RegularizationLayers {

    private static final String FAMILY = "Regularization";

    private RegularizationLayers() {}

    static List<Mapping<?>> all() {
        return List.of(
                always(
                        FAMILY,
                        Dropout.class,
                        c -> new Dropout(rate(c), sharedAxes(c)),
                        (l, c) -> writeShared(c, l.rate(), l.sharedAxes())),
                always(
                        FAMILY,
                        SpatialDropout1D.class,
                        c -> SpatialDropout1D.of(rate(c)),
                        (l, c) -> writeSpatial(c, l.rate())),
                always(
                        FAMILY,
                        SpatialDropout2D.class,
                        c -> new SpatialDropout2D(rate(c), c.layout()),
                        (l, c) -> writeSpatial(c, l.rate()).layout(l.dataFormat())),
                always(
                        FAMILY,
                        SpatialDropout3D.class,
                        c -> new SpatialDropout3D(rate(c), c.layout()),
                        (l, c) -> writeSpatial(c, l.rate()).layout(l.dataFormat())),
                since2(
                        FAMILY,
                        AlphaDropout.class,
                        c -> new AlphaDropout(rate(c), sharedAxes(c)),
                        (l, c) -> writeShared(c, l.rate(), l.sharedAxes())),
                always(
                        FAMILY,
                        GaussianDropout.class,
                        c -> GaussianDropout.of(rate(c)),
                        (l, c) -> c.put("rate", l.rate()).putNull("seed")),
                always(
                        FAMILY,
                        GaussianNoise.class,
                        c -> GaussianNoise.of(c.number("stddev", 0)),
                        (l, c) -> c.put("stddev", l.stddev()).putNull("seed")),
                always(
                        FAMILY,
                        ActivityRegularization.class,
                        c -> ActivityRegularization.of(c.number("l1", 0), c.number("l2", 0)),
                        (l, c) -> c.put("l1", l.l1()).put("l2", l.l2())));
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

    /** A shared axis is a 1 in {@code noise_shape}, any other null. */
    private static void writeShared(ConfigWriter c, double rate, List<Integer> sharedAxes) {
        c.put("rate", rate).putNull("seed").putNull("noise_shape");
        if (!sharedAxes.isEmpty()) {
            Shape input = c.inputs().getFirst().shape();
            List<Integer> shared = sharedAxes.stream().map(input::axis).toList();
            ArrayNode noise = ConfigWriter.array();
            for (int axis = 0; axis < input.rank(); axis++) {
                if (shared.contains(axis)) {
                    noise.add(1);
                } else {
                    noise.addNull();
                }
            }
            c.put("noise_shape", noise);
        }
    }

    /** Keras' constructors take no {@code trainable}. */
    private static ConfigWriter writeSpatial(ConfigWriter c, double rate) {
        return c.without("trainable").put("rate", rate).putNull("seed");
    }
}
