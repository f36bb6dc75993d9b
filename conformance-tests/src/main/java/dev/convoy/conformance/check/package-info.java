/**
 * One check of a backend, and the backend under test. {@link dev.convoy.conformance.check.ConformanceCheck}s are written
 * by the packages {@code cases}, {@code session} and {@code examples}.
 */
@NullMarked
package dev.convoy.conformance.check;

import org.jspecify.annotations.NullMarked;
