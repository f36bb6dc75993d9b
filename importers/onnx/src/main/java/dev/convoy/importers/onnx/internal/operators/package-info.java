/** The operators that are read, a file for each family. {@code docs/onnx.md} says how to add one. */
@NullMarked
package dev.convoy.importers.onnx.internal.operators;

import org.jspecify.annotations.NullMarked;
