/**
 * The narrow waist: a small closed set of ops, graphs of them, and what is true of every graph whatever runs it. A
 * {@link dev.convoy.graph.GraphBuilder} checks each node against the numbered rules of its op
 * ({@link dev.convoy.graph.ShapeInference}) the moment it is added, so that errors stand at the line that made them; a
 * backend receives only verified graphs.
 */
@NullMarked
package dev.convoy.graph;

import org.jspecify.annotations.NullMarked;
