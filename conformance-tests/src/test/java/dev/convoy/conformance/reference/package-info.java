/** Tests of the reference interpreter: values from outside, finite differences. */
@NullMarked
package dev.convoy.conformance.reference;

import org.jspecify.annotations.NullMarked;
