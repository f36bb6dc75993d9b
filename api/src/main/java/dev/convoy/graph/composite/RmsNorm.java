package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = scale · x / √(mean(x²) + epsilon)} with the mean over the axes, for each place along the other axes
 * (Keras 3 RMSNormalization, ONNX 23 RMSNormalization; Zhang and Sennrich, 2019). Operands: x, and optionally scale,
 * whose shape is that of the normalised axes in ascending order.
 *
 * <ul>
 *   <li>C1: one or two operands of the same real type.
 *   <li>C2: there is at least one axis; axes are axes of x, each once.
 *   <li>C3: scale has the shape of the normalised axes.
 *   <li>C4: epsilon is at least 0.
 * </ul>
 *
 * @param axes may be negative
 * @param epsilon added to the mean square; Keras 0.000001, ONNX 0.00001
 */
public record RmsNorm(List<Integer> axes, double epsilon) implements AxisComposite {

    public RmsNorm {
        axes = List.copyOf(axes);
        Check check = Check.of("RmsNorm");
        check.that(!axes.isEmpty(), "C2", "at least one axis is normalised", "axes", axes);
        check.that(epsilon >= 0, "C4", "epsilon is at least 0", ">= 0", epsilon);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 1, 2);
        Operands.allReal(check, inputs);
        Value x = inputs.getFirst();
        List<Integer> along = Operands.axes(check, axes, x);
        Operands.perElement(check, x, along, inputs.subList(1, inputs.size()));
        Value square = g.reduce(ReduceFn.MEAN, g.mul(x, x), along, true);
        Value y = g.div(x, g.unary(UnaryFn.SQRT, g.add(square, epsilon)));
        return List.of(inputs.size() > 1 ? g.mul(y, Operands.spread(g, inputs.get(1), along, x)) : y);
    }

    @Override
    public Optional<RmsNorm> reordered(List<Integer> order) {
        List<Integer> moved =
                axes.stream().map(axis -> Operands.moved(axis, order)).toList();
        return Operands.keepsOrder(axes, order) ? Optional.of(new RmsNorm(moved, epsilon)) : Optional.empty();
    }
}
