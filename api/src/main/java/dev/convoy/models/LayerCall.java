package dev.convoy.models;

import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A layer called once. The calls of a model stand in an order in which they can run; a layer that several of them share
 * is one node.
 *
 * @param node what is called
 * @param inputs what it is called with
 * @param outputs the specs it gives
 */
public record LayerCall(LayerNode node, List<Source> inputs, List<TensorSpec> outputs) {

    public LayerCall {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Where a tensor comes from. */
    public sealed interface Source {

        /**
         * An input of the model.
         *
         * @param name its name
         */
        record OfInput(String name) implements Source {}

        /**
         * An output of a call.
         *
         * @param call its place among the model's calls
         * @param output which of its outputs
         */
        record OfCall(int call, int output) implements Source {}
    }
}
