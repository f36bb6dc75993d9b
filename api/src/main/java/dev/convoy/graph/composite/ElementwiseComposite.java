package dev.convoy.graph.composite;

import dev.convoy.graph.CompositeOp;

/**
 * A composite that computes each element of its one result from the elements of its operands at the same place.
 * Operands broadcast as in {@link dev.convoy.graph.ElementwiseOp}. Passes may move it past ops that only move elements.
 */
public interface ElementwiseComposite extends CompositeOp {}
