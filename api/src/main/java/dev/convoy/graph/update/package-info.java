/**
 * Optimizer updates as composites: each record holds the formula of one optimizer step for one parameter, so that a backend
 * may claim it and run it in one pass over the parameter.
 */
@NullMarked
package dev.convoy.graph.update;

import org.jspecify.annotations.NullMarked;
