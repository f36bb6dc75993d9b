package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import java.util.List;

/** Operators that address elements by number. */
final class Indexing {

    static final List<OnnxOperator> ALL =
            List.of(OnnxOperator.one("Gather", Indexing::gather).inputs("data", "indices"));

    private Indexing() {}

    private static Value gather(NodeScope s) {
        Value data = s.stored(0);
        int axis = data.shape().axis(s.number("axis", 0));
        boolean fromFront = s.whenKnown(1)
                .map(known -> known.longs().stream().allMatch(i -> i >= 0))
                .orElse(false);
        Value indices = s.stored(1);
        return s.graph()
                .add(
                        new IndexingOp.Gather(axis),
                        data,
                        fromFront
                                ? indices
                                : fromFront(s.graph(), indices, data.shape().size(axis)));
    }

    /** Indices counted from the front, where those below zero count from the end. */
    static Value fromFront(GraphBuilder g, Value indices, int size) {
        return g.select(g.compare(CompareFn.LT, indices, 0), g.add(indices, size), indices);
    }
}
