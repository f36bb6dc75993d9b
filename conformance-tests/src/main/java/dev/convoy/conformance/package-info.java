/**
 * The conformance kit: what a backend has to do, as checks named by rule. A third party extends
 * {@link dev.convoy.conformance.BackendConformance} in a JUnit test, or runs the same checks without JUnit through
 * {@link dev.convoy.conformance.ConformanceRun}.
 */
@NullMarked
package dev.convoy.conformance;

import org.jspecify.annotations.NullMarked;
