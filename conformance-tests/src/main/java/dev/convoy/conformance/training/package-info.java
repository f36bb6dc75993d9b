/**
 * Checks of training: optimizer steps, losses and their gradients, transforms and constraints against vectors that were made
 * from Keras' formulas in float64 (the making is described in {@code docs/training.md}), gradients of every op against the
 * reference interpreter, and whole trainings against the reference backend.
 */
@NullMarked
package dev.convoy.conformance.training;

import org.jspecify.annotations.NullMarked;
