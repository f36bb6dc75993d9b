/** Tests of the CPU backend against plain loops in double, and against itself. */
@NullMarked
package dev.convoy.backend.cpu;

import org.jspecify.annotations.NullMarked;
