/**
 * From Convoy's graphs to ONNX: every core op in standard operators of opset 20, one class per op family. The exporter
 * and the ONNX Runtime backend share it, so that a file means what the backend runs.
 */
@NullMarked
package dev.convoy.onnx.lowering;

import org.jspecify.annotations.NullMarked;
