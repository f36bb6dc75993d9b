package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.GroupNorm;
import dev.convoy.graph.composite.LayerNorm;
import dev.convoy.graph.composite.Lrn;
import dev.convoy.graph.composite.RmsNorm;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisations that keep no statistics: what is divided by is computed from the data itself. */
final class ExampleNormalizations {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("InstanceNormalization", ExampleNormalizations::instanceNormalization)
                    .inputs("input", "scale", "B")
                    .weights("scale", "B"),
            OnnxOperator.one("GroupNormalization", ExampleNormalizations::groupNormalization)
                    .inputs("X", "scale", "bias")
                    .weights("scale", "bias"),
            OnnxOperator.several("LayerNormalization", ExampleNormalizations::layerNormalization)
                    .inputs("X", "Scale", "B")
                    .weights("Scale", "B"),
            OnnxOperator.one("RMSNormalization", ExampleNormalizations::rmsNormalization)
                    .inputs("X", "scale")
                    .weights("scale"),
            OnnxOperator.one("MeanVarianceNormalization", ExampleNormalizations::meanVarianceNormalization)
                    .inputs("X"),
            OnnxOperator.one("LpNormalization", ExampleNormalizations::lpNormalization),
            OnnxOperator.one("LRN", ExampleNormalizations::lrn).inputs("X"),
            OnnxOperator.one("ImageScaler", ExampleNormalizations::imageScaler));

    private ExampleNormalizations() {}

    private static Value instanceNormalization(NodeScope s) {
        Value x = s.operand(0);
        GroupNorm op = new GroupNorm(x.shape().size(1), s.real("epsilon", 1e-5), 1);
        return s.graph().add(op, x, s.operand(1), s.operand(2));
    }

    /** Before version 21, scale and bias have one number for each group instead of each channel. */
    private static Value groupNormalization(NodeScope s) {
        s.ignore("stash_type");
        Value x = s.operand(0);
        int groups = s.number("num_groups");
        GroupNorm op = new GroupNorm(groups, s.real("epsilon", 1e-5), 1);
        Value scale = s.operand(1);
        Value bias = s.operand(2);
        int channels = x.shape().size(1);
        if (s.opset() >= 21) {
            return s.graph().add(op, x, scale, bias);
        }
        return s.graph().add(op, x, ofChannels(s.graph(), scale, channels), ofChannels(s.graph(), bias, channels));
    }

    private static Value ofChannels(GraphBuilder g, Value ofGroups, int channels) {
        int groups = ofGroups.shape().size(0);
        Value column = g.reshape(ofGroups, Shape.of(groups, 1));
        return g.reshape(g.broadcast(column, Shape.of(groups, channels / groups)), Shape.of(channels));
    }

    /** Mean and inverse deviation are float32, the {@code stash_type} that is computed in. */
    private static List<Value> layerNormalization(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = g.cast(s.stored(0), DataType.FLOAT32);
        List<Integer> axes = fromAxis(s, x.shape());
        double epsilon = s.real("epsilon", 1e-5);
        if (s.integer("stash_type", 1) != 1 && (s.wants(1) || s.wants(2))) {
            throw s.refuse("statistics in another type than float32 (stash_type 1) are not supported", "");
        }
        List<Value> affine = new ArrayList<>();
        for (int i = 1; i < 3 && s.has(i); i++) {
            affine.add(g.cast(s.stored(i), DataType.FLOAT32));
        }
        List<Value> results = new ArrayList<>();
        results.add(g.cast(
                normalized(g, x, affine, axes, new LayerNorm(axes, epsilon)),
                s.stored(0).spec().type()));
        if (s.wants(1) || s.wants(2)) {
            Value mean = g.reduce(ReduceFn.MEAN, x, axes, true);
            Value centred = g.sub(x, mean);
            Value variance = g.reduce(ReduceFn.MEAN, g.mul(centred, centred), axes, true);
            results.add(mean);
            results.add(g.unary(UnaryFn.RECIPROCAL, g.unary(UnaryFn.SQRT, g.add(variance, epsilon))));
        }
        return results;
    }

    private static Value rmsNormalization(NodeScope s) {
        s.ignore("stash_type");
        Value x = s.operand(0);
        List<Integer> axes = fromAxis(s, x.shape());
        return normalized(s.graph(), x, List.of(s.operand(1)), axes, new RmsNorm(axes, s.real("epsilon", 1e-5)));
    }

    /** The op with its weights; ONNX lets them broadcast, and then they follow as ops of their own. */
    private static Value normalized(GraphBuilder g, Value x, List<Value> affine, List<Integer> axes, Op op) {
        Shape normal = x.shape().permute(axes);
        if (affine.stream().allMatch(v -> v.shape().equals(normal))) {
            List<Value> operands = new ArrayList<>(List.of(x));
            operands.addAll(affine);
            return g.add(op, operands).getFirst();
        }
        Value scaled = g.mul(g.add(op, x), affine.getFirst());
        return affine.size() > 1 ? g.add(scaled, affine.get(1)) : scaled;
    }

    private static List<Integer> fromAxis(NodeScope s, Shape x) {
        return IntStream.range(x.axis(s.number("axis", -1)), x.rank()).boxed().toList();
    }

    /** {@code (x - mean) / (deviation + 1e-9)}. */
    private static Value meanVarianceNormalization(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        List<Integer> axes = s.ints("axes", List.of(0, 2, 3));
        Value centred = g.sub(x, g.reduce(ReduceFn.MEAN, x, axes, true));
        Value variance = g.reduce(ReduceFn.MEAN, g.mul(centred, centred), axes, true);
        return g.div(centred, g.add(g.unary(UnaryFn.SQRT, variance), 1e-9));
    }

    /** Where the norm is 0, the result is 0. */
    private static Value lpNormalization(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        List<Integer> axis = List.of(s.number("axis", -1));
        long p = s.integer("p", 2);
        Value norm = switch ((int) p) {
            case 1 -> g.reduce(ReduceFn.SUM, g.unary(UnaryFn.ABS, x), axis, true);
            case 2 -> g.unary(UnaryFn.SQRT, g.reduce(ReduceFn.SUM, g.mul(x, x), axis, true));
            default -> throw s.refuse("p is 1 or 2, got " + p, "");
        };
        Value divisor = g.select(
                g.compare(CompareFn.EQ, norm, 0), g.scalar(1, norm.spec().type()), norm);
        return g.binary(BinaryFn.DIV, x, divisor);
    }

    private static Value lrn(NodeScope s) {
        Lrn op = new Lrn(s.number("size"), s.real("alpha", 1e-4), s.real("beta", 0.75), s.real("bias", 1), 1);
        return s.graph().add(op, s.operand(0));
    }

    /** {@code scale · x + bias}, with a bias for each channel; of ONNX before 1.5. */
    private static Value imageScaler(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        List<Double> bias = s.reals("bias", List.of());
        float[] numbers = new float[bias.size()];
        IntStream.range(0, numbers.length).forEach(i -> numbers[i] = bias.get(i).floatValue());
        Value offsets = g.constant(Tensor.of(numbers, numbers.length));
        return g.add(g.mul(x, s.real("scale", 1)), Convolutions.perChannel(g, offsets, x));
    }
}
