package dev.convoy.importers.onnx.internal.node;

import dev.convoy.importers.onnx.internal.file.NodeDescription;
import java.util.Optional;

/** Finds operators. */
public interface OperatorTable {

    /**
     * The operator of a node.
     *
     * @throws NodeProblem if it is not supported; says why
     */
    OnnxOperator of(NodeDescription node);

    /** The operator of a node; empty if it is not supported. */
    Optional<OnnxOperator> find(NodeDescription node);
}
