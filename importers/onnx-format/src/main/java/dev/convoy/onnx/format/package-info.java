/**
 * ONNX files: reading under limits, writing, and tensors of every element type. It knows the format, not the operators;
 * the messages themselves are the classes that protoc generates from {@code onnx.proto}.
 */
@NullMarked
package dev.convoy.onnx.format;

import org.jspecify.annotations.NullMarked;
