package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.weights.CountedWeights;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Named;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Layers that are no models, as they stand in a configuration. */
final class LayerEntries {

    /** Classes that Keras 3 keeps for old files. */
    private static final Set<String> LEGACY = Set.of("ThresholdedReLU", "RandomHeight", "RandomWidth");

    /** Classes that remember no shape, besides all of {@link #UNBUILT_FAMILIES} (Keras 3.8). */
    private static final Set<String> UNBUILT = Set.of(
            "Activation", "Identity", "Masking", "Reshape", "ReLU", "LeakyReLU", "ELU", "Softmax", "UnitNormalization");

    private static final Set<String> UNBUILT_FAMILIES = Set.of("Pooling", "Regularization");

    private LayerEntries() {}

    /** A layer inside another: under its own name, or one made from its class. */
    static ObjectNode of(Layer layer, boolean trainable, List<TensorSpec> inputs) {
        return layer instanceof Named(String name, Layer inner)
                ? of(inner, name, trainable, inputs)
                : of(layer, CountedWeights.snake(layer.className()), trainable, inputs);
    }

    /**
     * A layer under a name.
     *
     * @param inputs what it is called with, or nothing if it stands in an {@code activation}
     * @throws FormatException if Keras 3 cannot hold it
     */
    static ObjectNode of(Layer layer, String name, boolean trainable, List<TensorSpec> inputs) {
        Mapping<?> mapping = KerasLayers.of(layer)
                .orElseThrow(() -> new FormatException(
                        "the class is not one of Keras",
                        "build the model of Keras' layers, or export it as ONNX instead"));
        ConfigWriter config = new ConfigWriter(name, trainable, inputs);
        mapping.write(layer, config);
        String className = mapping.className();
        String module = LEGACY.contains(className) ? "keras._legacy.layers" : "keras.layers";
        ObjectNode entry = KerasObjects.object(module, className, config.config(), null);
        boolean built =
                !inputs.isEmpty() && !UNBUILT.contains(className) && !UNBUILT_FAMILIES.contains(mapping.family());
        if (built) {
            entry.set("build_config", KerasObjects.built(inputs));
        }
        return entry;
    }
}
