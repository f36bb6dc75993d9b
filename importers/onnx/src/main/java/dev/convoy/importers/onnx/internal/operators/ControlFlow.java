package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators that run graphs. */
final class ControlFlow {

    static final List<OnnxOperator> ALL =
            List.of(OnnxOperator.several("If", ControlFlow::branches).inputs("cond"));

    private ControlFlow() {}

    /** One branch where the condition is known; else both, of which every result is selected. */
    private static List<Value> branches(NodeScope s) {
        GraphBuilder g = s.graph();
        GraphDescription then = s.body("then_branch");
        GraphDescription otherwise = s.body("else_branch");
        Optional<Known> condition = s.whenKnown(0);
        if (condition.isPresent()) {
            return s.write(condition.get().integer() != 0 ? then : otherwise, List.of());
        }
        Value chosen = g.reshape(s.stored(0), Shape.SCALAR);
        List<Value> first = s.write(then, List.of());
        List<Value> second = s.write(otherwise, List.of());
        List<Value> results = new ArrayList<>();
        for (int i = 0; i < s.results(); i++) {
            if (!first.get(i).spec().equals(second.get(i).spec())) {
                throw s.refuse(
                        "its branches give " + first.get(i).spec() + " and "
                                + second.get(i).spec() + "; shapes have to be known before a model runs",
                        "");
            }
            results.add(g.select(chosen, first.get(i), second.get(i)));
        }
        return results;
    }
}
