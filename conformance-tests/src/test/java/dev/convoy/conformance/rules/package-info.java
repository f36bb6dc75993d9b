/** Every numbered rule of every core op is broken once, above all backends; every op has its cases and its page. */
@NullMarked
package dev.convoy.conformance.rules;

import org.jspecify.annotations.NullMarked;
