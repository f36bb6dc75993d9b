/** What the importer's packages share: the one exception for files that are not what they should be. */
@NullMarked
package dev.convoy.importers.keras.internal;

import org.jspecify.annotations.NullMarked;
