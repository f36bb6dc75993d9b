package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Clip;
import dev.convoy.graph.composite.LeakyRelu;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/** Activation functions. */
final class Activations {

    static final List<OnnxOperator> ALL = List.of(
            unary("Relu", UnaryFn.RELU),
            unary("Sigmoid", UnaryFn.SIGMOID),
            unary("Tanh", UnaryFn.TANH),
            OnnxOperator.one("LeakyRelu", s -> s.graph().add(new LeakyRelu(s.real("alpha", 0.01)), s.operand(0)))
                    .inputs("X"),
            OnnxOperator.one("Clip", Activations::clip).inputs("input", "min", "max"),
            OnnxOperator.one("Softmax", s -> alongAxis(s, Softmax::new)),
            OnnxOperator.one("LogSoftmax", s -> alongAxis(s, LogSoftmax::new)));

    private Activations() {}

    private static OnnxOperator unary(String opType, UnaryFn fn) {
        return OnnxOperator.one(opType, s -> s.graph().unary(fn, s.operand(0))).inputs("X");
    }

    private static Value clip(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        boolean computed = s.has(1) && s.whenKnown(1).isEmpty()
                || s.has(2) && s.whenKnown(2).isEmpty();
        double min = s.whenKnown(1).map(Known::real).orElse(s.real("min", Double.NEGATIVE_INFINITY));
        double max = s.whenKnown(2).map(Known::real).orElse(s.real("max", Double.POSITIVE_INFINITY));
        if (!computed && min <= max) {
            return g.add(new Clip(min, max), x);
        }
        Value raised = s.has(1) ? g.max(x, s.operand(1)) : x;
        return s.has(2) ? g.min(raised, s.operand(2)) : raised;
    }

    /** Before version 13 all axes from {@code axis} on are taken as one. */
    static Value alongAxis(NodeScope s, IntFunction<CompositeOp> op) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        int axis = x.shape().axis(s.number("axis", s.opset() < 13 ? 1 : -1));
        Shape behind = x.shape().slice(axis + 1, x.shape().rank());
        if (s.opset() >= 13 || behind.dims().stream().allMatch(Dim.of(1)::equals)) {
            return g.add(op.apply(axis), x);
        }
        Shape joined = x.shape().slice(axis, x.shape().rank());
        if (!joined.isKnown()) {
            throw Known.needsBatch();
        }
        Shape flat = x.shape().slice(0, axis).concat(Shape.of(Math.toIntExact(joined.elements())));
        return g.reshape(g.add(op.apply(axis), g.reshape(x, flat)), x.shape());
    }
}
