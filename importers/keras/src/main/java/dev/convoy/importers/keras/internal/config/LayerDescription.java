package dev.convoy.importers.keras.internal.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A layer as the file describes it.
 *
 * @param path names from the outermost model down, with slashes
 * @param name Keras' name, unique in its model; may itself contain slashes
 * @param className {@code Conv2D} for example
 * @param origin package or module of a class that is not Keras' own, or empty
 * @param config the constructor's arguments
 * @param calls how it is called; empty in a Sequential
 * @param model its own layers, if it is itself a model
 */
public record LayerDescription(
        String path,
        String name,
        String className,
        String origin,
        JsonNode config,
        List<CallDescription> calls,
        @Nullable ModelDescription model) {

    public LayerDescription {
        calls = List.copyOf(calls);
    }

    /** Whether its weights count as trainable; true unless the file says no. */
    public boolean trainable() {
        return config.path("trainable").asBoolean(true);
    }
}
