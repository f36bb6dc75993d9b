package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.ELU;
import dev.convoy.layers.LeakyReLU;
import dev.convoy.layers.PReLU;
import dev.convoy.layers.ReLU;
import dev.convoy.layers.Softmax;
import dev.convoy.layers.ThresholdedReLU;
import dev.convoy.layers.Weight;
import java.util.List;

/** Activations as layers. */
final class ActivationLayers {

    private static final String FAMILY = "Activation";

    private ActivationLayers() {}

    static List<Mapping<?>> all() {
        return List.of(
                since2(FAMILY, ReLU.class, ActivationLayers::relu, ActivationLayers::writeRelu),
                always(
                        FAMILY,
                        LeakyReLU.class,
                        ActivationLayers::leakyRelu,
                        (l, c) -> c.put("negative_slope", l.negativeSlope())),
                always(FAMILY, ELU.class, c -> ELU.of(c.number("alpha", 1)), (l, c) -> c.put("alpha", l.alpha())),
                always(FAMILY, PReLU.class, ActivationLayers::pRelu, ActivationLayers::writePRelu),
                always(
                                FAMILY,
                                ThresholdedReLU.class,
                                c -> ThresholdedReLU.of(c.number("theta", 1)),
                                (l, c) -> c.put("theta", l.theta()))
                        .versions(1, 2),
                since2(FAMILY, Softmax.class, ActivationLayers::softmax, (l, c) -> c.put("axis", l.axis()))
                        .limits("one axis"));
    }

    private static PReLU pRelu(LayerConfig c) {
        Weight alpha = c.weight("alpha", PReLU.of().alpha());
        return new PReLU(alpha, c.has("shared_axes") ? c.list("shared_axes") : List.of());
    }

    private static void writePRelu(PReLU layer, ConfigWriter c) {
        c.weight("alpha", layer.alpha());
        if (layer.sharedAxes().isEmpty()) {
            c.putNull("shared_axes");
        } else {
            c.put("shared_axes", layer.sharedAxes());
        }
    }

    private static ReLU relu(LayerConfig c) {
        return new ReLU(
                c.number("max_value", Double.POSITIVE_INFINITY),
                c.number("negative_slope", 0),
                c.number("threshold", 0));
    }

    private static void writeRelu(ReLU layer, ConfigWriter c) {
        if (Double.isInfinite(layer.maxValue())) {
            c.putNull("max_value");
        } else {
            c.put("max_value", layer.maxValue());
        }
        c.put("negative_slope", layer.negativeSlope()).put("threshold", layer.threshold());
    }

    /** {@code alpha}, since Keras 3 {@code negative_slope}; 0.3 by default. */
    private static LeakyReLU leakyRelu(LayerConfig c) {
        return LeakyReLU.of(c.number("negative_slope", c.number("alpha", 0.3)));
    }

    private static Softmax softmax(LayerConfig c) {
        List<Integer> axes = c.has("axis") ? c.list("axis") : List.of(-1);
        if (axes.size() != 1) {
            throw c.unsupported("softmax over axes " + axes);
        }
        return new Softmax(axes.getFirst());
    }
}
