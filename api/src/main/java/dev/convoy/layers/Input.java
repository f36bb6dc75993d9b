package dev.convoy.layers;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import org.jspecify.annotations.Nullable;

/**
 * Where a model takes a tensor in (Keras 3 {@code Input}).
 *
 * @param name the input's name, or null for one made from the model
 * @param spec type and shape; the first axis is the batch, named {@link #BATCH} unless it is fixed
 */
public record Input(@Nullable String name, TensorSpec spec) {

    /** The name of the batch axis. */
    public static final String BATCH = "batch";

    /** A float32 input of a shape without the batch. */
    public static Input of(int... shape) {
        return new Input(null, new TensorSpec(DataType.FLOAT32, Shape.of(shape).prepend(Dim.named(BATCH))));
    }

    public Input named(String newName) {
        return new Input(newName, spec);
    }

    public Input type(DataType type) {
        return new Input(name, spec.withType(type));
    }
}
