package dev.convoy.importers.keras.internal.weights;

import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.tensor.Shape;
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
     * @param used false for what Keras stores and no layer of Convoy has
     * @param group where a {@code .keras} file keeps it below the layer: empty, or {@code cell} for example
     */
    public record Slot(String name, Shape shape, boolean trainable, boolean used, String group) {}

    public LayerWeights {
        slots = List.copyOf(slots);
    }
}
