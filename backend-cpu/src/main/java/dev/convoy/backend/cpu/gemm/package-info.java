/**
 * Matrix products: packed panels, a {@link dev.convoy.backend.cpu.gemm.MicroKernel} for the machine, and the loops around
 * it. Convolutions are products whose left matrix, the patches, is never written out.
 */
@NullMarked
package dev.convoy.backend.cpu.gemm;

import org.jspecify.annotations.NullMarked;
