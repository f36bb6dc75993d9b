package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/** The smallest element, place by place, of two or more inputs, which broadcast (Keras 3 {@code Minimum}). */
public record Minimum() implements Layer {

    public static Minimum of() {
        return new Minimum();
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(Merging.fold("Minimum", scope, inputs, BinaryFn.MIN));
    }
}
