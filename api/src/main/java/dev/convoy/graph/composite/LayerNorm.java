package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = scale · (x - mean) / √(variance + epsilon) + offset} with mean and biased variance over the axes, for
 * each place along the other axes (Keras 3 LayerNormalization, ONNX 17 LayerNormalization; Ba et al., 2016).
 * Operands: x, and optionally scale, and then offset, whose shape is that of the normalised axes in ascending order.
 *
 * <ul>
 *   <li>C1: one to three operands of the same real type.
 *   <li>C2: there is at least one axis; axes are axes of x, each once.
 *   <li>C3: scale and offset have the shape of the normalised axes.
 *   <li>C4: epsilon is at least 0.
 * </ul>
 *
 * @param axes may be negative
 * @param epsilon added to the variance; Keras 0.001, ONNX and PyTorch 0.00001
 */
public record LayerNorm(List<Integer> axes, double epsilon) implements AxisComposite {

    public LayerNorm {
        axes = List.copyOf(axes);
        Check check = Check.of("LayerNorm");
        check.that(!axes.isEmpty(), "C2", "at least one axis is normalised", "axes", axes);
        check.that(epsilon >= 0, "C4", "epsilon is at least 0", ">= 0", epsilon);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 1, 3);
        Operands.allReal(check, inputs);
        Value x = inputs.getFirst();
        List<Integer> along = Operands.axes(check, axes, x);
        Operands.perElement(check, x, along, inputs.subList(1, inputs.size()));
        Value centred = g.sub(x, g.reduce(ReduceFn.MEAN, x, along, true));
        Value variance = g.reduce(ReduceFn.MEAN, g.mul(centred, centred), along, true);
        Value y = g.div(centred, g.unary(UnaryFn.SQRT, g.add(variance, epsilon)));
        if (inputs.size() > 1) {
            y = g.mul(y, Operands.spread(g, inputs.get(1), along, x));
        }
        return List.of(inputs.size() > 2 ? g.add(y, Operands.spread(g, inputs.get(2), along, x)) : y);
    }

    @Override
    public Optional<LayerNorm> reordered(List<Integer> order) {
        List<Integer> moved =
                axes.stream().map(axis -> Operands.moved(axis, order)).toList();
        return Operands.keepsOrder(axes, order) ? Optional.of(new LayerNorm(moved, epsilon)) : Optional.empty();
    }
}
