package dev.convoy.graph;

import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * An op defined by its decomposition into core ops and other composites; open to users. A backend may claim a
 * composite, node by node, and run it as one kernel; for all others the {@link dev.convoy.graph.pass.Legalizer} writes
 * the decomposition, so that a composite means the same everywhere.
 *
 * <p>Implement it as a record whose components are the attributes.
 */
public non-sealed interface CompositeOp extends Op {

    /**
     * Writes this op in terms of others.
     *
     * @param g receives the nodes
     * @param inputs the operands
     * @return the results, in the order of the node's outputs
     * @throws GraphException if the operands break a rule of this op
     */
    List<Value> decompose(GraphBuilder g, List<Value> inputs);

    /** The specs of the results. By default those of the decomposition, written into a graph that is thrown away. */
    default List<TensorSpec> infer(List<TensorSpec> inputs) {
        GraphBuilder scratch = new GraphBuilder();
        List<Value> operands =
                inputs.stream().map(spec -> scratch.input("operand", spec)).toList();
        return Value.specs(decompose(scratch, operands));
    }
}
