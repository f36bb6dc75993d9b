package dev.convoy.data;

import dev.convoy.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Samples that go through a network together.
 *
 * @param inputs {@code [n, …]}
 * @param targets {@code [n, …]}
 * @param weights a weight for each sample, float32 {@code [n]}, or null for 1
 */
public record Batch(Tensor inputs, Tensor targets, @Nullable Tensor weights) {

    /** The number of samples. */
    public int size() {
        return inputs.shape().size(0);
    }
}
