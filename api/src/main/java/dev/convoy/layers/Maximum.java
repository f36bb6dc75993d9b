package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/** The largest element, place by place, of two or more inputs, which broadcast (Keras 3 {@code Maximum}). */
public record Maximum() implements Layer {

    public static Maximum of() {
        return new Maximum();
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(Merging.fold("Maximum", scope, inputs, BinaryFn.MAX));
    }
}
