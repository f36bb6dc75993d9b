package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.weights.StoredVariables;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model in the words of Keras 3.
 *
 * @param config what {@code config.json} holds
 * @param variables what {@code model.weights.h5} holds
 */
public record WrittenModel(ObjectNode config, List<StoredVariables> variables) {

    public WrittenModel {
        variables = List.copyOf(variables);
    }
}
