/** Sides that do the same work in turn, and what each took: Convoy, ONNX Runtime, PyTorch. */
@NullMarked
package dev.convoy.benchmarks.race;

import org.jspecify.annotations.NullMarked;
