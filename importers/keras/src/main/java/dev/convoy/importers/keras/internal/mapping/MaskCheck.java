package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keras hands masks of steps from Masking and Embedding to layers further on. Convoy has no masks; a model where one would
 * change the result is refused.
 */
final class MaskCheck {

    private static final Set<String> READERS =
            Set.of("GlobalAveragePooling1D", "Softmax", "TimeDistributed", "Attention", "MultiHeadAttention");

    private final List<LayerDescription> makers = new ArrayList<>();
    private final List<LayerDescription> readers = new ArrayList<>();

    private MaskCheck() {}

    static void of(ModelDescription model, Problems problems) {
        MaskCheck check = new MaskCheck();
        check.collect(model);
        if (!check.readers.isEmpty()) {
            check.makers.forEach(maker -> problems.add(
                    maker,
                    new FormatException(
                            "its mask changes what layer '"
                                    + check.readers.getFirst().path() + "' ("
                                    + check.readers.getFirst().className() + ") computes, and masks are not supported",
                            "retrain without the mask")));
        }
    }

    private void collect(ModelDescription model) {
        for (LayerDescription layer : model.layers()) {
            ModelDescription inner = layer.model();
            if (inner != null) {
                collect(inner);
            } else if (layer.className().equals("Masking")
                    || layer.config().path("mask_zero").asBoolean(false)) {
                makers.add(layer);
            } else if (READERS.contains(layer.className())) {
                readers.add(layer);
            }
        }
    }
}
