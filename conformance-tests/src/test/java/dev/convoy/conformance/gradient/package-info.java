/** Tests of the gradients, and of what checks them. */
@NullMarked
package dev.convoy.conformance.gradient;

import org.jspecify.annotations.NullMarked;
