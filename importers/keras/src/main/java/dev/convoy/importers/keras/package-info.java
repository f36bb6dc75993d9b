/** The importer of Keras models, found by {@link java.util.ServiceLoader}. */
@NullMarked
package dev.convoy.importers.keras;

import org.jspecify.annotations.NullMarked;
