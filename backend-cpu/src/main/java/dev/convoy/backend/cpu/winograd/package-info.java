/** Convolution with windows of 3×3 by Winograd's method: fewer multiplications, paid for with transforms. */
@NullMarked
package dev.convoy.backend.cpu.winograd;

import org.jspecify.annotations.NullMarked;
