/** From the description of a graph to a Functional model: what becomes a layer, a parameter, or a number known at once. */
@NullMarked
package dev.convoy.importers.onnx.internal.model;

import org.jspecify.annotations.NullMarked;
