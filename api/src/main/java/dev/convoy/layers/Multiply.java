package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/** The product of two or more inputs, which broadcast (Keras 3 {@code Multiply}). */
public record Multiply() implements Layer {

    public static Multiply of() {
        return new Multiply();
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(Merging.fold("Multiply", scope, inputs, BinaryFn.MUL));
    }
}
