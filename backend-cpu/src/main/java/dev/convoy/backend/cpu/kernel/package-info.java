/** One class of kernels per family of ops, in plain loops that C2 turns into vector code. */
@NullMarked
package dev.convoy.backend.cpu.kernel;

import org.jspecify.annotations.NullMarked;
