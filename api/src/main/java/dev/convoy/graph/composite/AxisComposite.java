package dev.convoy.graph.composite;

import dev.convoy.graph.CompositeOp;
import java.util.List;
import java.util.Optional;

/**
 * A composite along axes of its first operand that its attributes name. It says how it looks when that operand is
 * stored with its axes in another order, so that {@link dev.convoy.graph.pass.LayoutAssignment} can move transposes
 * past it.
 */
public interface AxisComposite extends CompositeOp {

    /**
     * This op for a first operand whose axis i is the present axis {@code order[i]}. The other operands stay as they
     * are; of the results, those of the first operand's rank come in the same order, all others stay as they are.
     *
     * @param order a permutation of the first operand's axes
     * @return empty if attributes cannot express it
     */
    Optional<? extends AxisComposite> reordered(List<Integer> order);
}
