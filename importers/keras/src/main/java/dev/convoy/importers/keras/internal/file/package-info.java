/** Finds out what a file is by its content, and opens the parts of a Keras model: architecture, weights and versions. */
@NullMarked
package dev.convoy.importers.keras.internal.file;

import org.jspecify.annotations.NullMarked;
