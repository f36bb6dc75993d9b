package dev.convoy.importers.keras.internal.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A model as the file describes it. */
public sealed interface ModelDescription {

    String name();

    /** Its layers in the file's order, in which Keras also stores their weights. */
    List<LayerDescription> layers();

    /**
     * Layers one behind the other; an InputLayer may or may not be among them.
     *
     * @param inputShape with the batch, if the file states it outside of the layers, or null
     */
    record Sequential(
            String name,
            List<LayerDescription> layers,
            @Nullable JsonNode inputShape) implements ModelDescription {
        public Sequential {
            layers = List.copyOf(layers);
        }
    }

    /**
     * Layers that call each other.
     *
     * @param outputNames the names of the outputs, if the author gave them any
     */
    record Functional(
            String name,
            List<LayerDescription> layers,
            List<TensorRef> inputs,
            List<TensorRef> outputs,
            List<String> outputNames)
            implements ModelDescription {
        public Functional {
            layers = List.copyOf(layers);
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            outputNames = List.copyOf(outputNames);
        }
    }
}
