/** Tests that stand on the documented examples. */
@NullMarked
package dev.convoy.conformance.examples;

import org.jspecify.annotations.NullMarked;
