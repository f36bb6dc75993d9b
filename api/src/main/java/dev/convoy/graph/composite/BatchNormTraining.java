package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Normalises each channel by the batch: {@code y = scale · (x - mean) / √(variance + epsilon) + offset}, with the mean of all
 * elements of the channel and their biased variance {@code mean((x - mean)²)} (Keras 3 BatchNormalization in training, ONNX
 * 15 BatchNormalization; Ioffe and Szegedy, 2015). Operands: x, scale, offset. Results: y; mean and variance, {@code [c]}.
 *
 * <ul>
 *   <li>C1: three operands of the same real type.
 *   <li>C2: the axis is an axis of x.
 *   <li>C3: scale and offset have one number per channel, {@code [c]}.
 *   <li>C4: epsilon is at least 0.
 * </ul>
 *
 * @param epsilon added to the variance; Keras 0.001, ONNX and PyTorch 0.00001
 * @param axis of the channels; may be negative
 */
public record BatchNormTraining(double epsilon, int axis) implements AxisComposite {

    public BatchNormTraining {
        Check.of("BatchNormTraining").that(epsilon >= 0, "C4", "epsilon is at least 0", ">= 0", epsilon);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 3, 3);
        Operands.allReal(check, inputs);
        Value x = inputs.getFirst();
        int channels = Operands.axis(check, axis, x);
        Operands.perChannel(check, x, channels, inputs.subList(1, 3));
        List<Integer> along = List.of(channels);
        List<Integer> others = Operands.others(x.shape().rank(), channels);
        Value mean = g.reduce(ReduceFn.MEAN, x, others, true);
        Value centred = g.sub(x, mean);
        Value variance = g.reduce(ReduceFn.MEAN, g.mul(centred, centred), others, true);
        Value scale = Operands.spread(g, inputs.get(1), along, x);
        Value factor = g.div(scale, g.unary(UnaryFn.SQRT, g.add(variance, epsilon)));
        Value y = g.add(g.mul(centred, factor), Operands.spread(g, inputs.get(2), along, x));
        Shape perChannel = inputs.get(1).shape();
        return List.of(y, g.reshape(mean, perChannel), g.reshape(variance, perChannel));
    }

    @Override
    public Optional<BatchNormTraining> reordered(List<Integer> order) {
        return Optional.of(new BatchNormTraining(epsilon, Operands.moved(axis, order)));
    }
}
