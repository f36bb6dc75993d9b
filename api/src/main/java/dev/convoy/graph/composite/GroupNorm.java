package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code y = scale · (x - mean) / √(variance + epsilon) + offset} with mean and biased variance over each group of
 * neighbouring channels of each example; axis 0 counts the examples (Keras 3 GroupNormalization, ONNX 21
 * GroupNormalization; Wu and He, 2018). As many groups as channels make an instance normalisation. Operands: x,
 * scale, offset.
 *
 * <ul>
 *   <li>C1: three operands of the same real type.
 *   <li>C2: the axis is an axis of x other than 0.
 *   <li>C3: scale and offset have one number per channel, {@code [c]}.
 *   <li>C4: epsilon is at least 0.
 *   <li>C5: there is at least one group, and channels are a multiple of groups.
 * </ul>
 *
 * @param epsilon added to the variance; Keras 0.001, ONNX and PyTorch 0.00001
 * @param axis of the channels; may be negative
 */
public record GroupNorm(int groups, double epsilon, int axis) implements AxisComposite {

    public GroupNorm {
        Check check = Check.of("GroupNorm");
        check.that(epsilon >= 0, "C4", "epsilon is at least 0", ">= 0", epsilon);
        check.that(groups >= 1, "C5", "there is at least one group", ">= 1", groups);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 3, 3);
        Operands.allReal(check, inputs);
        Value x = inputs.getFirst();
        int channels = Operands.axis(check, axis, x);
        check.that(channels > 0, "C2", "the axis of the channels is not that of the examples", "not 0", axis);
        Operands.perChannel(check, x, channels, inputs.subList(1, 3));
        Shape shape = x.shape();
        int size = shape.size(channels);
        check.that(size % groups == 0, "C5", "channels are a multiple of groups", "a multiple of " + groups, size);
        Shape split = shape.slice(0, channels)
                .concat(Shape.of(groups, size / groups))
                .concat(shape.slice(channels + 1, shape.rank()));
        Value grouped = g.reshape(x, split);
        List<Integer> inside = IntStream.range(1, split.rank())
                .filter(i -> i != channels)
                .boxed()
                .toList();
        Value centred = g.sub(grouped, g.reduce(ReduceFn.MEAN, grouped, inside, true));
        Value variance = g.reduce(ReduceFn.MEAN, g.mul(centred, centred), inside, true);
        Value normal = g.reshape(g.div(centred, g.unary(UnaryFn.SQRT, g.add(variance, epsilon))), shape);
        List<Integer> along = List.of(channels);
        Value scaled = g.mul(normal, Operands.spread(g, inputs.get(1), along, x));
        return List.of(g.add(scaled, Operands.spread(g, inputs.get(2), along, x)));
    }

    @Override
    public Optional<GroupNorm> reordered(List<Integer> order) {
        return order.getFirst() == 0
                ? Optional.of(new GroupNorm(groups, epsilon, Operands.moved(axis, order)))
                : Optional.empty();
    }
}
