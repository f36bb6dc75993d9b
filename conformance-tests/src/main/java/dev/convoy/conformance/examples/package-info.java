/**
 * The worked examples of the documents that Convoy grew out of, kept as data and run through layers on the backend under
 * test. What a document prints and what follows from the example's own inputs may differ: the second is checked, the
 * difference is reported as an erratum.
 */
@NullMarked
package dev.convoy.conformance.examples;

import org.jspecify.annotations.NullMarked;
