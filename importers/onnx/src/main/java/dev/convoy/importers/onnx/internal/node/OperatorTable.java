package dev.convoy.importers.onnx.internal.node;

import dev.convoy.importers.onnx.internal.file.NodeDescription;

/** Finds operators. */
@FunctionalInterface
public interface OperatorTable {

    /**
     * The operator of a node.
     *
     * @throws NodeProblem if it is not supported; says why
     */
    OnnxOperator of(NodeDescription node);
}
