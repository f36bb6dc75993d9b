/** ONNX as a file format of models: what this artifact puts behind {@code Models.save}. */
@NullMarked
package dev.convoy.importers.onnx;

import org.jspecify.annotations.NullMarked;
