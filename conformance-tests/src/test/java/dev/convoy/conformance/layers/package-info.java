/** Values of the layers, held to recorded outputs of Keras and to hand derivations. */
@NullMarked
package dev.convoy.conformance.layers;

import org.jspecify.annotations.NullMarked;
