package dev.convoy.importers.keras.internal.weights;

import dev.convoy.importers.keras.internal.config.LayerDescription;
import java.util.List;

/**
 * The weights that a layer needs, in Keras' order.
 *
 * @param layer a layer that is no model
 * @param slots its own trainable weights, then its others
 */
public record LayerWeights(LayerDescription layer, List<Slot> slots) {

    /**
     * One weight.
     *
     * @param name within the layer, {@code kernel} for example
     * @param shape as Keras stores it
     * @param trainable whether the layer would train it
     * @param group where a {@code .keras} file keeps it below the layer: empty, or {@code cell} for example
     */
    public record Slot(String name, dev.convoy.tensor.Shape shape, boolean trainable, String group) {}

    public LayerWeights {
        slots = List.copyOf(slots);
    }
}
