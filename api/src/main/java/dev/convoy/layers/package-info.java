/**
 * Layers: records whose components are their configuration. A layer declares its parameters and writes ops into a graph;
 * it holds no weights. Names, arguments and defaults are Keras' (3.x); what PyTorch and ONNX add is in the same layers.
 */
@NullMarked
package dev.convoy.layers;

import org.jspecify.annotations.NullMarked;
