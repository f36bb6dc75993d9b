/**
 * How each Keras class becomes a Convoy layer: one small function per class, in families. What a function does not ask
 * for and what is not at its default becomes a problem, so that no setting is ever ignored in silence.
 */
@NullMarked
package dev.convoy.importers.keras.internal.mapping;

import org.jspecify.annotations.NullMarked;
