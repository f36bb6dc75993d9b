/** The passes held to the reference interpreter: a transformed graph computes the same. */
@NullMarked
package dev.convoy.conformance.pass;

import org.jspecify.annotations.NullMarked;
