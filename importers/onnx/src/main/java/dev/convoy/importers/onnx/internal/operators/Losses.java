package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Losses of class numbers against scores, {@code [n, classes, …]}. */
final class Losses {

    private static final int CLASSES = 1;

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("NegativeLogLikelihoodLoss", s -> loss(s, s.operand(0)))
                    .inputs("input", "target", "weight"),
            OnnxOperator.several("SoftmaxCrossEntropyLoss", Losses::softmaxCrossEntropy)
                    .inputs("scores", "labels", "weights"));

    private Losses() {}

    private static List<Value> softmaxCrossEntropy(NodeScope s) {
        Value logarithms = s.graph().add(new LogSoftmax(CLASSES), s.operand(0));
        return List.of(loss(s, logarithms), logarithms);
    }

    /** Classes outside the scores, and {@code ignore_index}, weigh nothing. */
    private static Value loss(NodeScope s, Value logarithms) {
        GraphBuilder g = s.graph();
        Shape shape = logarithms.shape();
        Value target = g.cast(s.stored(1), DataType.INT64);
        List<Dim> kept = new ArrayList<>(target.shape().dims());
        kept.add(CLASSES, Dim.of(1));
        Value spread = g.reshape(target, Shape.ofDims(kept));
        List<Dim> perClass = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.of(1)));
        perClass.set(CLASSES, shape.dim(CLASSES));
        Shape classes = Shape.ofDims(perClass);
        Value counts = g.compare(CompareFn.EQ, spread, g.add(new Iota(DataType.INT64, classes, CLASSES)));
        if (s.has("ignore_index")) {
            Value isCounted = g.compare(CompareFn.NE, spread, s.number("ignore_index"));
            counts = g.binary(BinaryFn.AND, counts, isCounted);
        }
        Value zero = g.scalar(0, DataType.FLOAT32);
        Value weight = s.has(2) ? g.reshape(s.operand(2), classes) : g.scalar(1, DataType.FLOAT32);
        Value weights = sumOfClasses(g, g.select(counts, weight, zero));
        Value negative = g.sub(zero, sumOfClasses(g, g.select(counts, logarithms, zero)));
        Value losses = g.mul(negative, weights);
        String reduction = s.text("reduction", "mean");
        return switch (reduction) {
            case "none" -> losses;
            case "sum" -> sum(g, losses);
            case "mean" -> g.div(sum(g, losses), sum(g, weights));
            default -> throw s.refuse("the reduction '" + reduction + "' is not supported", "");
        };
    }

    private static Value sumOfClasses(GraphBuilder g, Value x) {
        return g.reduce(ReduceFn.SUM, x, List.of(CLASSES), false);
    }

    private static Value sum(GraphBuilder g, Value x) {
        return g.reduce(
                ReduceFn.SUM, x, IntStream.range(0, x.shape().rank()).boxed().toList(), false);
    }
}
