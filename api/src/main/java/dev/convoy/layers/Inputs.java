package dev.convoy.layers;

import dev.convoy.graph.Check;
import java.util.List;

/** Checks on the number of a layer's inputs. */
final class Inputs {

    private Inputs() {}

    /** The only input of a layer that takes one. */
    static <T> T one(String layer, List<T> inputs) {
        Check.of(layer).that(inputs.size() == 1, "L0", "the layer takes one input", 1, inputs.size());
        return inputs.getFirst();
    }

    /** The inputs of a layer that takes two or more. */
    static <T> List<T> several(String layer, List<T> inputs) {
        Check.of(layer).that(inputs.size() >= 2, "L0", "the layer merges two or more inputs", ">= 2", inputs.size());
        return inputs;
    }
}
