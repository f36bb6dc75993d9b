/**
 * Passes: functions from graph to graph that know nothing of backends. {@link dev.convoy.graph.pass.Passes} runs them
 * in order, with the verifier between.
 */
@NullMarked
package dev.convoy.graph.pass;

import org.jspecify.annotations.NullMarked;
