/**
 * Gradients against arithmetic: {@link dev.convoy.conformance.gradient.GradientProblems} generates functions of every op and
 * operands for them, and {@link dev.convoy.conformance.gradient.CentralDifferences} holds the gradients to differences
 * of the functions, both in double. {@link dev.convoy.conformance.gradient.BackendGradients} holds a backend to them.
 */
@NullMarked
package dev.convoy.conformance.gradient;

import org.jspecify.annotations.NullMarked;
