package dev.convoy.importers.keras.internal.weights;

import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The arrays of a model, in one of the two orders in which Keras stores them. */
public interface WeightFile {

    /**
     * Finds the arrays of every layer.
     *
     * @param needs what each layer that is no model needs
     * @return per layer path, an array for each slot in order, or fewer or more if the file has fewer or more
     * @throws dev.convoy.importers.keras.internal.FormatException if the file's layers are not those of the model
     */
    Map<String, List<StoredArray>> find(ModelDescription model, Function<LayerDescription, LayerWeights> needs);
}
