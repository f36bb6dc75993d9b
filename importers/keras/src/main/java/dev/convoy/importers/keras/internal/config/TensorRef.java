package dev.convoy.importers.keras.internal.config;

/**
 * A tensor of a Functional model, as Keras' history names it.
 *
 * @param layer name of the layer that gives it
 * @param node which of the layer's calls
 * @param tensor which of the call's outputs
 */
public record TensorRef(String layer, int node, int tensor) {

    @Override
    public String toString() {
        return "'" + layer + "' (call " + node + ", output " + tensor + ")";
    }
}
