package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.layers.Layer;

/** Makes the Convoy layer of one Keras class. */
@FunctionalInterface
interface LayerMapper {

    /**
     * @throws dev.convoy.importers.keras.internal.FormatException if a setting is missing, malformed or not supported
     */
    Layer map(LayerConfig config);
}
