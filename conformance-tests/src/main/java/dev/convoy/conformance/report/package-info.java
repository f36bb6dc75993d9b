/** Writes {@link dev.convoy.conformance.ConformanceReport}s for machines and for people. */
@NullMarked
package dev.convoy.conformance.report;

import org.jspecify.annotations.NullMarked;
