/** What an operator sees of its node while it writes itself into a graph: operands, attributes, known values, types. */
@NullMarked
package dev.convoy.importers.onnx.internal.node;

import org.jspecify.annotations.NullMarked;
