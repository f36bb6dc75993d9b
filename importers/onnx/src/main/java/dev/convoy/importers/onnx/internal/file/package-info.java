/** What an ONNX file says, as plain immutable data: functions written out, constants gathered, tensors read. */
@NullMarked
package dev.convoy.importers.onnx.internal.file;

import org.jspecify.annotations.NullMarked;
