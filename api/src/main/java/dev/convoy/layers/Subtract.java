package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.Value;
import java.util.List;

/** The first of two inputs minus the second; they broadcast (Keras 3 {@code Subtract}). */
public record Subtract() implements Layer {

    public static Subtract of() {
        return new Subtract();
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Check.of("Subtract").that(inputs.size() == 2, "L0", "the layer takes two inputs", 2, inputs.size());
        return List.of(Merging.fold("Subtract", scope, inputs, BinaryFn.SUB));
    }
}
