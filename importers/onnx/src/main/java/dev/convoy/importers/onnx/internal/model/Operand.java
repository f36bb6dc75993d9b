package dev.convoy.importers.onnx.internal.model;

import dev.convoy.tensor.Tensor;

/** What a value is to the layer that uses it. */
sealed interface Operand {

    /** An input of the layer. */
    record Data() implements Operand {}

    /**
     * A parameter of the layer.
     *
     * @param role its name within the layer
     */
    record Parameter(String role, Tensor initial, boolean trainable) implements Operand {}

    /** A number that follows from constants and from shapes of the layer's inputs. */
    record Foreseen(Slice slice) implements Operand {}
}
