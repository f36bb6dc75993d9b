/**
 * Evaluates ops on host tensors, one at a time and plainly, for constant folding and for importers' shape arithmetic.
 * Internal; not an execution engine: contractions, pooling and control are not in it.
 */
@NullMarked
package dev.convoy.graph.pass.host;

import org.jspecify.annotations.NullMarked;
