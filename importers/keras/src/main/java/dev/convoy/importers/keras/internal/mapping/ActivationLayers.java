package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.ReLU;
import dev.convoy.layers.Softmax;
import java.util.List;

/** Activations as layers. */
final class ActivationLayers {

    private static final String FAMILY = "Activation";

    private ActivationLayers() {}

    static List<Mapping> all() {
        return List.of(
                since2(FAMILY, "ReLU", ActivationLayers::relu),
                always(FAMILY, "LeakyReLU", ActivationLayers::leakyRelu),
                since2(FAMILY, "Softmax", ActivationLayers::softmax).limits("one axis"));
    }

    private static ReLU relu(LayerConfig c) {
        return new ReLU(
                c.number("max_value", Double.POSITIVE_INFINITY),
                c.number("negative_slope", 0),
                c.number("threshold", 0));
    }

    /** {@code alpha}, since Keras 3 {@code negative_slope}; 0.3 by default. */
    private static ReLU leakyRelu(LayerConfig c) {
        double alpha = c.number("alpha", 0.3);
        return ReLU.of().negativeSlope(c.number("negative_slope", alpha));
    }

    private static Softmax softmax(LayerConfig c) {
        List<Integer> axes = c.has("axis") ? c.list("axis") : List.of(-1);
        if (axes.size() != 1) {
            throw c.unsupported("softmax over axes " + axes);
        }
        return new Softmax(axes.getFirst());
    }
}
