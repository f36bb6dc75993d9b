package dev.convoy.graph.pass;

import dev.convoy.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Constants that passes compute from others. Large ones are {@linkplain Tensor#derived derived}, so that a model's weights
 * are not held twice once a backend has packed what became of them.
 */
final class Derived {

    /** Fewest bytes of an array that are worth computing again. */
    private static final long LARGE = 1 << 14;

    private Derived() {}

    /**
     * @param result what {@code source} gives
     * @param source holds other constants and no more than a few numbers for each channel
     */
    static Tensor of(Tensor result, Supplier<Tensor> source) {
        long bytes = (long) result.size() * result.type().storage().bytes();
        return bytes < LARGE ? result : Tensor.derived(result, source);
    }
}
