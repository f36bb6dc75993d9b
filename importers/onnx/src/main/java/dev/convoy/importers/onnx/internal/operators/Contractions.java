package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Products of matrices. */
final class Contractions {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Gemm", Contractions::gemm).inputs("A", "B", "C").weights("A", "B", "C"),
            OnnxOperator.one("MatMul", Contractions::matMul).inputs("A", "B").weights("A", "B"));

    private Contractions() {}

    private static Value gemm(NodeScope s) {
        GraphBuilder g = s.graph();
        s.ignore("broadcast");
        MatMul product = new MatMul(s.flag("transA", false), s.flag("transB", false));
        double alpha = s.real("alpha", 1);
        double beta = s.real("beta", 1);
        Value y = g.add(product, s.operand(0), s.operand(1));
        Value scaled = alpha == 1 ? y : g.mul(y, alpha);
        if (!s.has(2) || beta == 0) {
            return scaled;
        }
        return g.add(scaled, beta == 1 ? s.operand(2) : g.mul(s.operand(2), beta));
    }

    private static Value matMul(NodeScope s) {
        return matMul(s.graph(), s.operand(0), s.operand(1));
    }

    /** NumPy's {@code matmul}: a vector in front is a row, one behind a column, and its axis is not in the result. */
    static Value matMul(GraphBuilder g, Value a, Value b) {
        boolean isRow = a.shape().rank() == 1;
        boolean isColumn = b.shape().rank() == 1;
        Value left = isRow ? g.reshape(a, a.shape().prepend(Dim.of(1))) : a;
        Value right = isColumn ? g.reshape(b, b.shape().concat(Shape.of(1))) : b;
        Value y = g.matMul(left, right);
        List<Dim> dims = new ArrayList<>(y.shape().dims());
        if (isColumn) {
            dims.removeLast();
        }
        if (isRow) {
            dims.remove(y.shape().rank() - 2);
        }
        return g.reshape(y, Shape.ofDims(dims));
    }
}
