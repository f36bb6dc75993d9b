package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = a · sigmoid(b)} with a and b the first and the second half of x along an axis (Keras 3 {@code glu},
 * default axis -1; Dauphin et al., 2016).
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: the axis is an axis of the operand.
 *   <li>C3: the axis has an even size.
 * </ul>
 *
 * @param axis may be negative
 */
public record Glu(int axis) implements AxisComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        int size = x.shape().size(Operands.axis(Check.of(this, inputs), axis, x));
        Check.of(this, inputs).that(size % 2 == 0, "C3", "the axis has an even size", "an even number", size);
        Value gate = g.unary(UnaryFn.SIGMOID, g.slice(x, axis, size / 2, size));
        return List.of(g.mul(g.slice(x, axis, 0, size / 2), gate));
    }

    @Override
    public Optional<Glu> reordered(List<Integer> order) {
        return Optional.of(new Glu(Operands.moved(axis, order)));
    }
}
