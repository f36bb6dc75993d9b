/** Finds the stored arrays of each layer by Keras' rules: by order in HDF5 models, by counted class names in {@code .keras}. */
@NullMarked
package dev.convoy.importers.keras.internal.weights;

import org.jspecify.annotations.NullMarked;
