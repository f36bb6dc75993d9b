package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.weights.LayerWeights;
import dev.convoy.importers.keras.internal.weights.LayerWeights.Slot;
import dev.convoy.layers.ParameterSpec;
import java.util.List;
import java.util.stream.Stream;

/** How the parameters of a Convoy layer lie in Keras' files: in Keras' order, the trainable ones first. */
final class Stored {

    private Stored() {}

    static LayerWeights needs(LayerDescription layer, List<ParameterSpec> parameters) {
        List<Slot> slots = Stream.concat(
                        parameters.stream().filter(ParameterSpec::trainable),
                        parameters.stream().filter(p -> !p.trainable()))
                .map(p -> new Slot(p.name(), p.spec().shape(), p.trainable(), ""))
                .toList();
        return new LayerWeights(layer, slots);
    }
}
