package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = scale · (x - mean) / √(variance + epsilon) + offset} per channel, computed as
 * {@code x · f + (offset - mean · f)} with {@code f = scale / √(variance + epsilon)} (Keras 3 BatchNormalization
 * outside training, ONNX 15 BatchNormalization; Ioffe and Szegedy, 2015). Operands: x, scale, offset, mean, variance.
 *
 * <ul>
 *   <li>C1: five operands of the same real type.
 *   <li>C2: the axis is an axis of x.
 *   <li>C3: scale, offset, mean and variance have one number per channel, {@code [c]}.
 *   <li>C4: epsilon is at least 0.
 * </ul>
 *
 * @param epsilon added to the variance; Keras 0.001, ONNX and PyTorch 0.00001
 * @param axis of the channels; may be negative
 */
public record BatchNormInference(double epsilon, int axis) implements AxisComposite {

    public BatchNormInference {
        Check.of("BatchNormInference").that(epsilon >= 0, "C4", "epsilon is at least 0", ">= 0", epsilon);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 5, 5);
        Operands.allReal(check, inputs);
        Value x = inputs.getFirst();
        int channels = Operands.axis(check, axis, x);
        Operands.perChannel(check, x, channels, inputs.subList(1, 5));
        Value factor = g.div(inputs.get(1), g.unary(UnaryFn.SQRT, g.add(inputs.get(4), epsilon)));
        Value shift = g.sub(inputs.get(2), g.mul(inputs.get(3), factor));
        List<Integer> along = List.of(channels);
        Value scaled = g.mul(x, Operands.spread(g, factor, along, x));
        return List.of(g.add(scaled, Operands.spread(g, shift, along, x)));
    }

    @Override
    public Optional<BatchNormInference> reordered(List<Integer> order) {
        return Optional.of(new BatchNormInference(epsilon, Operands.moved(axis, order)));
    }
}
