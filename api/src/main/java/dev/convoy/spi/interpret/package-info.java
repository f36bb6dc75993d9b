/**
 * Runs graphs step by step, for backends that are a set of kernels on heap arrays. A backend extends
 * {@link dev.convoy.spi.interpret.InterpretingBackend} and supplies {@link dev.convoy.spi.interpret.Kernels}; the
 * {@link dev.convoy.spi.interpret.Schedule} of steps, the {@link dev.convoy.spi.interpret.MemoryPlan}, sessions and states
 * are here.
 */
@NullMarked
package dev.convoy.spi.interpret;

import org.jspecify.annotations.NullMarked;
