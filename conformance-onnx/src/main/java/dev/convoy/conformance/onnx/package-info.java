/**
 * The tests of the ONNX project, run on a backend: models of mostly one operator with inputs and the outputs that are
 * expected of them. {@link dev.convoy.conformance.onnx.TestArchive} opens a zip file or folder of them,
 * {@link dev.convoy.conformance.onnx.OnnxTests} finds the tests in it, {@link dev.convoy.conformance.onnx.OnnxTestRun} runs
 * them one after the other and {@link dev.convoy.conformance.onnx.OnnxTestReport} holds what came of it.
 */
@NullMarked
package dev.convoy.conformance.onnx;

import org.jspecify.annotations.NullMarked;
