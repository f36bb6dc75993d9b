package dev.convoy.importers.keras.internal.weights;

import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * What a {@code .keras} file keeps of one layer or model: the group {@code <path>/vars}.
 *
 * @param path of the group that stands for the layer, {@code layers/conv2d_1} for example, empty for the whole model
 * @param name the layer's own, which Keras notes beside them
 * @param variables float32 or int32, in Keras' order; they become {@code 0}, {@code 1}, …
 */
public record StoredVariables(String path, String name, List<Tensor> variables) {

    public StoredVariables {
        variables = List.copyOf(variables);
    }
}
