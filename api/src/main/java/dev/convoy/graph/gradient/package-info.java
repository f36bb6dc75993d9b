/**
 * Differentiation from graph to graph: {@link dev.convoy.graph.gradient.Gradients} writes the gradients of a loss as more
 * nodes, in core ops, so that every backend that runs the ops can train. One file holds the rules of each op family, as a
 * switch without {@code default}. Composites are differentiated through their decomposition unless they are a
 * {@link dev.convoy.graph.gradient.CompositeGradient}.
 */
@NullMarked
package dev.convoy.graph.gradient;

import org.jspecify.annotations.NullMarked;
