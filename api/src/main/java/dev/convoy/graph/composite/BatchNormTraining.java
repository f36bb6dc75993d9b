package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.CompositeGradient;
import dev.convoy.graph.gradient.Pullback;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Normalises each channel by the batch: {@code y = scale · (x - mean) / √(variance + epsilon) + offset}, with the
 * mean of all elements of the channel and their biased variance {@code mean((x - mean)²)} (Keras 3 BatchNormalization
 * in training, ONNX 15 BatchNormalization; Ioffe and Szegedy, 2015). Operands: x, scale, offset. Results: y; mean and
 * variance, {@code [c]}.
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
public record BatchNormTraining(double epsilon, int axis) implements AxisComposite, CompositeGradient {

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

    /**
     * {@link BatchNormGrad}, and the gradients of the results mean and variance. Channels that are not the last axis have
     * it written out, so that layout assignment moves transposes past each of its nodes.
     */
    @Override
    public void gradient(Pullback node) {
        GraphBuilder g = node.graph();
        Value x = node.operand(0);
        int channels = x.shape().axis(axis);
        if (node.hasGradient(0)) {
            BatchNormGrad op = new BatchNormGrad(epsilon, axis);
            List<Value> operands = List.of(x, node.operand(1), node.result(1), node.result(2), node.gradient());
            boolean last = channels == x.shape().rank() - 1;
            List<Value> gradients = last ? g.add(op, operands) : op.decompose(g, operands);
            for (int operand = 0; operand < gradients.size(); operand++) {
                Value gradient = gradients.get(operand);
                node.to(operand, () -> gradient);
            }
        }
        List<Integer> along = List.of(channels);
        List<Integer> others = Operands.others(x.shape().rank(), channels);
        if (node.hasGradient(1)) {
            node.to(0, () -> mean(g, Operands.spread(g, node.gradient(1), along, x), x, others));
        }
        if (node.hasGradient(2)) {
            Value centred = g.sub(x, Operands.spread(g, node.result(1), along, x));
            Value weight = g.mul(Operands.spread(g, node.gradient(2), along, x), 2);
            node.to(0, () -> g.mul(centred, mean(g, weight, x, others)));
        }
    }

    /** The gradient of a mean over axes with respect to each of its elements. */
    private static Value mean(GraphBuilder g, Value dy, Value x, List<Integer> axes) {
        Value ones = g.broadcast(g.scalar(1, x.spec().type()), x.shape());
        return g.div(dy, g.reduce(ReduceFn.SUM, ones, axes, true));
    }
}
