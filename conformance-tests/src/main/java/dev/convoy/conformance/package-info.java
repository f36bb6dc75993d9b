/** The conformance kit: what a backend has to do, as checks named by rule. */
@NullMarked
package dev.convoy.conformance;

import org.jspecify.annotations.NullMarked;
