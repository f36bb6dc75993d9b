/**
 * What a Keras configuration says, in one form for Keras 1, 2 and 3: models of layers, and how the layers call each
 * other. JSON is parsed under limits; nothing is built and nothing is executed.
 */
@NullMarked
package dev.convoy.importers.keras.internal.config;

import org.jspecify.annotations.NullMarked;
