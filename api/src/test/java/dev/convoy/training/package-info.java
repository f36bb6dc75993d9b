/** Tests of metrics and of what they are made of. */
@NullMarked
package dev.convoy.training;

import org.jspecify.annotations.NullMarked;
