package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp.Cumulative;
import dev.convoy.graph.ReductionOp.TopK;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.node.Types;
import java.util.List;

/** Running sums and products, and the largest elements along an axis. */
final class Accumulations {

    static final List<OnnxOperator> ALL = List.of(
            cumulative("CumSum", ReduceFn.SUM),
            cumulative("CumProd", ReduceFn.PROD),
            OnnxOperator.several("TopK", Accumulations::topK).inputs("X", "K").known("K"));

    private Accumulations() {}

    private static OnnxOperator cumulative(String opType, ReduceFn fn) {
        return OnnxOperator.one(opType, s -> {
                    Value x = s.operand(0);
                    int axis = x.shape().axis(Math.toIntExact(s.known(1).integer()));
                    return s.graph()
                            .add(new Cumulative(fn, axis, s.flag("exclusive", false), s.flag("reverse", false)), x);
                })
                .inputs("x", "axis")
                .known("axis");
    }

    /** Sorted also where ONNX leaves the order open. */
    private static List<Value> topK(NodeScope s) {
        s.ignore("sorted");
        Value x = s.stored(0);
        int axis = x.shape().axis(s.number("axis", -1));
        int k = s.opset() < 10 ? s.number("k") : Math.toIntExact(s.known(1).integer());
        boolean largest = s.flag("largest", true);
        Value computed = s.graph().cast(x, Types.computing(x.spec().type()));
        List<Value> results = s.graph().add(new TopK(k, axis, largest), List.of(computed));
        return List.of(s.graph().cast(results.get(0), x.spec().type()), results.get(1));
    }
}
