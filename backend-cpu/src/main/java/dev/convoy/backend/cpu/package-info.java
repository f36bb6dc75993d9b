/** The pure-Java backend: {@link dev.convoy.backend.cpu.CpuBackendProvider} finds out what this JVM offers. */
@NullMarked
package dev.convoy.backend.cpu;

import org.jspecify.annotations.NullMarked;
