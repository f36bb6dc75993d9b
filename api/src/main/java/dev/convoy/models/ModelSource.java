package dev.convoy.models;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is read from.
 *
 * @param model the file or folder
 * @param weights a second file with the weights, where the first holds the architecture alone; or null
 */
public record ModelSource(Path model, @Nullable Path weights) {

    public static ModelSource of(Path model) {
        return new ModelSource(model, null);
    }
}
