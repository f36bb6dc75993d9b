/** Backends with one fault each: the kit has to find it and to name the rule. */
@NullMarked
package dev.convoy.conformance.broken;

import org.jspecify.annotations.NullMarked;
