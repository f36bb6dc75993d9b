package dev.convoy.models;

import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model's input when it is traced.
 *
 * @param spec type and shape
 * @param pinned the value itself, if it is to become part of the graph (axes, sizes and pads of ONNX models), or null
 */
public record InputSpec(TensorSpec spec, @Nullable Tensor pinned) {

    /**
     * @throws IllegalArgumentException if the pinned value has another spec
     */
    public InputSpec {
        if (pinned != null && !pinned.spec().equals(spec)) {
            throw new IllegalArgumentException("The input is " + spec + ", the value pinned to it is " + pinned.spec());
        }
    }

    public static InputSpec of(TensorSpec spec) {
        return new InputSpec(spec, null);
    }

    public static InputSpec pinned(Tensor value) {
        return new InputSpec(value.spec(), value);
    }
}
