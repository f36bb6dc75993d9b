package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * The gradient of the first result of {@link BatchNormTraining}. With {@code x̂ = (x - mean) / √(variance + epsilon)}:
 * {@code dx = scale / √(variance + epsilon) · (dy - mean(dy) - x̂ · mean(dy · x̂))}, {@code dscale = Σ dy · x̂} and
 * {@code doffset = Σ dy}, means and sums over all elements of a channel (Ioffe and Szegedy, 2015). Operands: x, scale;
 * mean and variance, {@code [c]}; dy, of the shape of x. Results: dx, dscale, doffset.
 *
 * <ul>
 *   <li>C1: five operands of the same real type.
 *   <li>C2: the axis is an axis of x.
 *   <li>C3: scale, mean and variance have one number per channel, {@code [c]}.
 * </ul>
 *
 * @param epsilon added to the variance
 * @param axis of the channels; may be negative
 */
public record BatchNormGrad(double epsilon, int axis) implements CompositeOp {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 5, 5);
        Operands.allReal(check, inputs);
        Value x = inputs.getFirst();
        int channels = Operands.axis(check, axis, x);
        Operands.perChannel(check, x, channels, inputs.subList(1, 4));
        List<Integer> along = List.of(channels);
        List<Integer> others = Operands.others(x.shape().rank(), channels);
        Value dy = inputs.get(4);
        Value centred = g.sub(x, Operands.spread(g, inputs.get(2), along, x));
        Value deviation = g.unary(UnaryFn.SQRT, g.add(Operands.spread(g, inputs.get(3), along, x), epsilon));
        Value normal = g.div(centred, deviation);
        Value product = g.mul(dy, normal);
        Value shift = g.reduce(ReduceFn.MEAN, dy, others, true);
        Value tilt = g.mul(normal, g.reduce(ReduceFn.MEAN, product, others, true));
        Value factor = g.div(Operands.spread(g, inputs.get(1), along, x), deviation);
        return List.of(
                g.mul(factor, g.sub(g.sub(dy, shift), tilt)),
                g.reduce(ReduceFn.SUM, product, others, false),
                g.reduce(ReduceFn.SUM, dy, others, false));
    }
}
