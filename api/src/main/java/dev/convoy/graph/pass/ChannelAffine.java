package dev.convoy.graph.pass;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.BatchNormInference;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A node that computes {@code y = x · factor + shift} with constants per channel, in double precision.
 *
 * @param input which operand of the node is x
 * @param factor one number per channel
 * @param shift one number per channel
 */
record ChannelAffine(int input, double[] factor, double[] shift) {

    /**
     * Reads a node as such: a {@link BatchNormInference}, or an addition, subtraction, multiplication or division
     * with a constant.
     *
     * @param inputs the operands of the node
     * @param input which of them is x
     * @param axis of x's channels
     * @return null if the node is something else, or a number is not finite
     */
    static @Nullable ChannelAffine of(Node node, List<Value> inputs, int input, int axis) {
        Shape x = inputs.get(input).shape();
        ChannelAffine affine = switch (node.op()) {
            case BatchNormInference norm
            when input == 0 && x.axis(norm.axis()) == axis -> ofNorm(norm, inputs.subList(1, 5));
            case ElementwiseOp.Binary(BinaryFn fn) -> {
                double[] c = perChannel(inputs.get(1 - input), x, axis);
                yield c == null ? null : ofBinary(fn, input, c);
            }
            case ElementwiseOp _, ReductionOp _, ContractionOp _, SpatialOp _, MovementOp _ -> null;
            case IndexingOp _, ControlOp _, CompositeOp _ -> null;
        };
        return affine != null && affine.isFinite() ? affine : null;
    }

    private static @Nullable ChannelAffine ofNorm(BatchNormInference norm, List<Value> operands) {
        List<Tensor> known =
                operands.stream().flatMap(value -> value.constant().stream()).toList();
        if (known.size() < operands.size()) {
            return null;
        }
        Tensor scale = known.get(0);
        Tensor offset = known.get(1);
        Tensor mean = known.get(2);
        Tensor variance = known.get(3);
        double[] factor = numbers(scale.size(), c -> scale.get(c) / Math.sqrt(variance.get(c) + norm.epsilon()));
        return new ChannelAffine(0, factor, numbers(scale.size(), c -> offset.get(c) - mean.get(c) * factor[c]));
    }

    private static @Nullable ChannelAffine ofBinary(BinaryFn fn, int input, double[] c) {
        int size = c.length;
        double[] ones = numbers(size, i -> 1);
        double[] zeros = new double[size];
        return switch (fn) {
            case MUL -> new ChannelAffine(input, c, zeros);
            case ADD -> new ChannelAffine(input, ones, c);
            case SUB ->
                input == 0
                        ? new ChannelAffine(input, ones, numbers(size, i -> -c[i]))
                        : new ChannelAffine(input, numbers(size, i -> -1), c);
            case DIV -> input == 0 ? new ChannelAffine(input, numbers(size, i -> 1 / c[i]), zeros) : null;
            case POW, MAX, MIN, MOD, REM, AND, OR, XOR -> null;
        };
    }

    /** The numbers of a real constant that varies along one axis of x at most; null if it is something else. */
    private static double @Nullable [] perChannel(Value value, Shape x, int axis) {
        Tensor tensor = value.constant().orElse(null);
        if (tensor == null || !tensor.type().isReal() || tensor.shape().rank() > x.rank()) {
            return null;
        }
        Shape shape = tensor.shape();
        for (int i = -shape.rank(); i < 0; i++) {
            if (shape.size(i) != 1 && x.axis(i) != axis) {
                return null;
            }
        }
        boolean uniform = tensor.size() == 1;
        return numbers(x.size(axis), c -> tensor.get(uniform ? 0 : c));
    }

    private static double[] numbers(int size, IntToDoubleFunction number) {
        return IntStream.range(0, size).mapToDouble(number).toArray();
    }

    private boolean isFinite() {
        return Arrays.stream(factor).allMatch(Double::isFinite)
                && Arrays.stream(shift).allMatch(Double::isFinite);
    }

    /** Whether it only adds. */
    boolean isShift() {
        return Arrays.stream(factor).allMatch(f -> f == 1);
    }
}
