/**
 * What a backend implements and how one is chosen. A {@link dev.convoy.spi.BackendProvider} is found by ServiceLoader and
 * says whether it can run here; its {@link dev.convoy.spi.Backend} compiles graphs into
 * {@link dev.convoy.spi.Executable}s, which open {@link dev.convoy.spi.Session}s. Each closes what it opened, and use
 * after close is an {@link java.lang.IllegalStateException}.
 */
@NullMarked
package dev.convoy.spi;

import org.jspecify.annotations.NullMarked;
