package dev.convoy.layers;

import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;

/** The first values of a parameter. */
@FunctionalInterface
public interface Initializer {

    /**
     * @param spec a float32 parameter in Keras' layout; the last two axes of a kernel are inputs and outputs
     * @param random numbers of this parameter's own
     * @return a tensor of that spec
     */
    Tensor create(TensorSpec spec, SplitMix64 random);

    /** A tensor that is known, as in a model that was loaded. */
    static Initializer given(Tensor tensor) {
        return (spec, random) -> {
            if (!tensor.spec().equals(spec)) {
                throw new IllegalArgumentException(
                        "The parameter is " + spec + ", the tensor given for it is " + tensor.spec());
            }
            return tensor;
        };
    }
}
