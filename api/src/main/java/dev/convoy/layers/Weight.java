package dev.convoy.layers;

import org.jspecify.annotations.Nullable;

/**
 * How a parameter is treated in training.
 *
 * @param initializer its first values
 * @param regularizer what it adds to the loss, or null for nothing
 * @param constraint where it is moved after each step, or null to leave it
 */
public record Weight(
        Initializer initializer,
        @Nullable Regularizer regularizer,
        @Nullable Constraint constraint) {

    /** A weight with neither regularizer nor constraint. */
    public static Weight of(Initializer initializer) {
        return new Weight(initializer, null, null);
    }

    public Weight withInitializer(Initializer newInitializer) {
        return new Weight(newInitializer, regularizer, constraint);
    }

    public Weight withRegularizer(@Nullable Regularizer newRegularizer) {
        return new Weight(initializer, newRegularizer, constraint);
    }

    public Weight withConstraint(@Nullable Constraint newConstraint) {
        return new Weight(initializer, regularizer, newConstraint);
    }
}
