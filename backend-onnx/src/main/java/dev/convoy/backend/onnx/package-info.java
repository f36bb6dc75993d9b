/**
 * The backend {@code onnx}. {@link dev.convoy.backend.onnx.OrtBackendProvider} finds out whether ONNX Runtime can be loaded
 * and holds none of its types, so that it can be asked where the jar is missing. A graph becomes the bytes of an ONNX model
 * and one session; weights of a frozen graph are copied into it, and those of a state are kept in two sets of native
 * tensors: a run reads one and writes the other.
 */
@NullMarked
package dev.convoy.backend.onnx;

import org.jspecify.annotations.NullMarked;
