/** Writes {@link dev.convoy.conformance.onnx.OnnxTestReport}s for machines and for people. */
@NullMarked
package dev.convoy.conformance.onnx.report;

import org.jspecify.annotations.NullMarked;
