/** Tests of the training code that need no backend. */
@NullMarked
package dev.convoy.conformance.training;

import org.jspecify.annotations.NullMarked;
