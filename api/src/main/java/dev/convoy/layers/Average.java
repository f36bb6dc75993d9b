package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/** The mean of two or more inputs, which broadcast (Keras 3 {@code Average}). */
public record Average() implements Layer {

    public static Average of() {
        return new Average();
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value sum = Merging.fold("Average", scope, inputs, BinaryFn.ADD);
        return List.of(scope.graph().binary(BinaryFn.DIV, sum, inputs.size()));
    }
}
