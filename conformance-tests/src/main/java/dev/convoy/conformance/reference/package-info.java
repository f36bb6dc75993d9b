/**
 * What every core op means, in code that favours readability over speed: one file per op family, numbers on the real line
 * computed in double. {@link dev.convoy.conformance.reference.ReferenceInterpreter} runs graphs;
 * {@link dev.convoy.conformance.reference.ReferenceProvider} makes a backend of it.
 */
@NullMarked
package dev.convoy.conformance.reference;

import org.jspecify.annotations.NullMarked;
