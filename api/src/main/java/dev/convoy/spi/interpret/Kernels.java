package dev.convoy.spi.interpret;

import java.util.List;

/** Makes the kernels of a backend. */
public interface Kernels {

    /**
     * The kernel for a step: a single node of any core op but Constant, Reshape and Scan, a composite the backend claims,
     * or a chain that one of its {@link #fusions} joined.
     */
    Kernel kernel(Step step);

    default List<FusionRule> fusions() {
        return List.of();
    }

    /**
     * Whether a step may write its results over an operand with as many elements of the same storage: each result element
     * then depends on the operand's element at the same position only, or the operand is read whole before anything is
     * written.
     *
     * @param input in the order of {@link Step#inputs}
     */
    default boolean inPlace(Step step, int input) {
        return false;
    }
}
