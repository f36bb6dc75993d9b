/** What the JVM and the processor offer: their flags, the width of their vectors, and whether C2 has compiled a function. */
@NullMarked
package dev.convoy.backend.cpu.machine;

import org.jspecify.annotations.NullMarked;
