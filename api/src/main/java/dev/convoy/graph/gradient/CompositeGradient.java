package dev.convoy.graph.gradient;

import dev.convoy.graph.CompositeOp;

/**
 * A composite that brings a gradient of its own, because the one of its decomposition computes more or is less accurate.
 * The two must agree; the conformance kit compares them.
 */
public interface CompositeGradient extends CompositeOp {

    /**
     * Writes the gradients of the operands of one node.
     *
     * @param node gives the operands, results and gradients of the results, and takes the gradients of the operands
     */
    void gradient(Pullback node);
}
