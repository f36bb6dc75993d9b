/** Tests of the interpreter for backends that are kernels. */
@NullMarked
package dev.convoy.spi.interpret;

import org.jspecify.annotations.NullMarked;
