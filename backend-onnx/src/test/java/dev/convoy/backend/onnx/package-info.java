/** Tests of the ONNX Runtime backend; without a native library for the machine those that run graphs are skipped. */
@NullMarked
package dev.convoy.backend.onnx;

import org.jspecify.annotations.NullMarked;
