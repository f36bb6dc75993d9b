package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.weights.LayerWeights;
import dev.convoy.importers.keras.internal.weights.LayerWeights.Slot;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Normalization;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.layers.TimeDistributed;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How the parameters of a Convoy layer lie in Keras' files: in Keras' order, the trainable ones first. */
final class Stored {

    private Stored() {}

    static LayerWeights needs(LayerDescription description, Layer layer, List<ParameterSpec> parameters) {
        return new LayerWeights(description, slots(layer, parameters));
    }

    static List<Slot> slots(Layer layer, List<ParameterSpec> parameters) {
        String group = layer instanceof TimeDistributed ? "layer" : "";
        List<Slot> slots = new ArrayList<>(Stream.concat(
                        parameters.stream().filter(ParameterSpec::trainable),
                        parameters.stream().filter(p -> !p.trainable()))
                .map(p -> new Slot(p.name(), p.spec().shape(), p.trainable(), true, group))
                .toList());
        if (layer instanceof Normalization && !parameters.isEmpty()) {
            slots.add(new Slot("count", Shape.SCALAR, false, false, group));
        }
        return slots;
    }
}
