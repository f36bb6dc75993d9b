package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.layers.Layer;

/**
 * States what one Convoy layer is in Keras 3's words.
 *
 * @param <L> the layer
 */
@FunctionalInterface
interface LayerWriter<L extends Layer> {

    /**
     * @param config of the Keras class, with name and type already in it
     * @throws dev.convoy.importers.keras.internal.FormatException if Keras 3 has no words for it
     */
    void write(L layer, ConfigWriter config);
}
