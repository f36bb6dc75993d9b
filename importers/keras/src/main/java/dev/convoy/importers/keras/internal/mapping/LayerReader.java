package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.layers.Layer;

/**
 * Makes the Convoy layer of one Keras class.
 *
 * @param <L> the layer
 */
@FunctionalInterface
interface LayerReader<L extends Layer> {

    /**
     * @throws dev.convoy.importers.keras.internal.FormatException if a setting is missing, malformed or not supported
     */
    L read(LayerConfig config);
}
