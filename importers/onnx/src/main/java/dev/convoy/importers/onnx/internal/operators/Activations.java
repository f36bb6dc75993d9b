package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.ReductionOp.ArgReduce;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Celu;
import dev.convoy.graph.composite.Clip;
import dev.convoy.graph.composite.Elu;
import dev.convoy.graph.composite.Gelu;
import dev.convoy.graph.composite.HardShrink;
import dev.convoy.graph.composite.HardSigmoid;
import dev.convoy.graph.composite.HardSwish;
import dev.convoy.graph.composite.LeakyRelu;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.graph.composite.Mish;
import dev.convoy.graph.composite.PRelu;
import dev.convoy.graph.composite.Selu;
import dev.convoy.graph.composite.Silu;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.graph.composite.Softplus;
import dev.convoy.graph.composite.Softsign;
import dev.convoy.graph.composite.Threshold;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.node.Types;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Activation functions. */
final class Activations {

    /** Integers beyond it are not all real numbers. */
    private static final double EXACT = 0x1p53;

    static final List<OnnxOperator> ALL = List.of(
            unary("Relu", UnaryFn.RELU),
            unary("Sigmoid", UnaryFn.SIGMOID),
            unary("Tanh", UnaryFn.TANH),
            activation("LeakyRelu", s -> new LeakyRelu(s.real("alpha", 0.01))),
            activation("Elu", s -> new Elu(s.real("alpha", 1))),
            activation("Celu", s -> new Celu(s.real("alpha", 1))),
            activation("Mish", s -> new Mish()),
            activation("Softplus", s -> new Softplus()),
            activation("Softsign", s -> new Softsign()),
            activation("HardSwish", s -> new HardSwish()),
            activation("HardSigmoid", s -> new HardSigmoid(s.real("alpha", 0.2), s.real("beta", 0.5))),
            activation("ThresholdedRelu", s -> new Threshold(s.real("alpha", 1), 0)),
            activation("Gelu", Activations::gelu),
            OnnxOperator.one("Selu", Activations::selu).inputs("X"),
            OnnxOperator.one("Swish", Activations::swish).inputs("X"),
            OnnxOperator.one("Shrink", Activations::shrink),
            OnnxOperator.one("PRelu", Activations::prelu).inputs("X", "slope").weights("slope"),
            OnnxOperator.one("Clip", Activations::clip).inputs("input", "min", "max"),
            OnnxOperator.one("Softmax", s -> alongAxis(s, (g, x, axis) -> g.add(new Softmax(axis), x))),
            OnnxOperator.one("LogSoftmax", s -> alongAxis(s, (g, x, axis) -> g.add(new LogSoftmax(axis), x))),
            OnnxOperator.one("Hardmax", s -> alongAxis(s, Activations::hardmax)));

    private interface AlongAxis {
        Value write(GraphBuilder g, Value x, int axis);
    }

    private Activations() {}

    private static OnnxOperator unary(String opType, UnaryFn fn) {
        return OnnxOperator.one(opType, s -> s.graph().unary(fn, s.operand(0))).inputs("X");
    }

    private static OnnxOperator activation(String opType, Function<NodeScope, CompositeOp> op) {
        return OnnxOperator.one(opType, s -> s.graph().add(op.apply(s), s.operand(0)))
                .inputs("X");
    }

    private static CompositeOp gelu(NodeScope s) {
        String approximate = s.text("approximate", "none");
        return switch (approximate) {
            case "none" -> new Gelu(false);
            case "tanh" -> new Gelu(true);
            default -> throw s.refuse("the approximation '" + approximate + "' is not supported", "");
        };
    }

    /** The paper's constants unless a file has others; version 1 rounds them to five digits. */
    private static Value selu(NodeScope s) {
        double alpha = s.real("alpha", s.opset() < 6 ? 1.6732 : 1.6732632423543772);
        double gamma = s.real("gamma", s.opset() < 6 ? 1.0507 : 1.0507009873554805);
        boolean papers = Math.abs(alpha - 1.6732632423543772) < 1e-6 && Math.abs(gamma - 1.0507009873554805) < 2e-6;
        return papers
                ? s.graph().add(new Selu(), s.operand(0))
                : s.graph().mul(s.graph().add(new Elu(alpha), s.operand(0)), gamma);
    }

    private static Value swish(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        double alpha = s.real("alpha", 1);
        return alpha == 1 ? g.add(new Silu(), x) : g.mul(x, g.unary(UnaryFn.SIGMOID, g.mul(x, alpha)));
    }

    /** {@code x < -lambd ? x + bias : x > lambd ? x - bias : 0}, in real numbers also for integers. */
    private static Value shrink(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = g.cast(s.stored(0), DataType.FLOAT32);
        double bias = s.real("bias", 0);
        double lambd = s.real("lambd", 0.5);
        Value y = bias == 0 && lambd >= 0 ? g.add(new HardShrink(lambd), x) : shrink(g, x, bias, lambd);
        return g.cast(y, s.stored(0).spec().type());
    }

    private static Value shrink(GraphBuilder g, Value x, double bias, double lambd) {
        Value zero = g.scalar(0, DataType.FLOAT32);
        Value above = g.select(g.compare(CompareFn.GT, x, lambd), g.add(x, -bias), zero);
        return g.select(g.compare(CompareFn.LT, x, -lambd), g.add(x, bias), above);
    }

    /** Before version 7 a slope of several numbers is one for each channel. */
    private static Value prelu(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        Value slope = s.operand(1);
        if (s.opset() < 7 && slope.shape().rank() == 1 && !slope.shape().dim(0).equals(Dim.of(1))) {
            List<Dim> dims = new ArrayList<>(Collections.nCopies(x.shape().rank() - 1, Dim.of(1)));
            dims.set(0, slope.shape().dim(0));
            slope = g.reshape(slope, Shape.ofDims(dims));
        }
        return x.spec().type().isReal()
                ? g.add(new PRelu(), x, slope)
                : g.select(g.compare(CompareFn.GE, x, 0), x, g.mul(x, slope));
    }

    private static Value clip(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        double lowest = s.real("min", Double.NEGATIVE_INFINITY);
        double highest = s.real("max", Double.POSITIVE_INFINITY);
        Optional<Double> min = s.has(1) ? exact(s.whenKnown(1)) : Optional.of(lowest);
        Optional<Double> max = s.has(2) ? exact(s.whenKnown(2)) : Optional.of(highest);
        if (min.isPresent() && max.isPresent() && min.get() <= max.get()) {
            return g.add(new Clip(min.get(), max.get()), x);
        }
        Value raised =
                g.max(x, s.has(1) ? s.operand(1) : g.scalar(lowest, x.spec().type()));
        return g.min(
                raised, s.has(2) ? s.operand(2) : g.scalar(highest, x.spec().type()));
    }

    /** A bound that is known, as a real number that is the same. */
    private static Optional<Double> exact(Optional<Known> bound) {
        return bound.filter(known -> Types.isReal(known.type()) || Math.abs(known.real()) <= EXACT)
                .map(Known::real);
    }

    private static Value hardmax(GraphBuilder g, Value x, int axis) {
        Value place = g.add(new ArgReduce(true, axis, true, false), x);
        List<Dim> ones = new ArrayList<>(Collections.nCopies(x.shape().rank(), Dim.of(1)));
        ones.set(axis, x.shape().dim(axis));
        Value places = g.add(new Iota(DataType.INT64, Shape.ofDims(ones), axis));
        return g.cast(g.compare(CompareFn.EQ, places, place), x.spec().type());
    }

    /** Before version 13 all axes from {@code axis} on are taken as one. */
    private static Value alongAxis(NodeScope s, AlongAxis op) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        int axis = x.shape().axis(s.number("axis", s.opset() < 13 ? 1 : -1));
        Shape behind = x.shape().slice(axis + 1, x.shape().rank());
        if (s.opset() >= 13 || behind.dims().stream().allMatch(Dim.of(1)::equals)) {
            return op.write(g, x, axis);
        }
        Shape joined = x.shape().slice(axis, x.shape().rank());
        if (!joined.isKnown()) {
            throw Known.needsBatch();
        }
        Shape flat = x.shape().slice(0, axis).concat(Shape.of(Math.toIntExact(joined.elements())));
        return g.reshape(op.write(g, g.reshape(x, flat), axis), x.shape());
    }
}
