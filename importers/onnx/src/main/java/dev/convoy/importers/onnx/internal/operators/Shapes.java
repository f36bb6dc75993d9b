package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Shapes of tensors as numbers. */
final class Shapes {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Shape", Shapes::shape).inputs("data").specs("data"),
            OnnxOperator.one("Size", s -> s.graph().constant(Tensor.scalar(known(s).elements())))
                    .inputs("data")
                    .specs("data"));

    private Shapes() {}

    private static Value shape(NodeScope s) {
        Shape shape = s.stored(0).shape();
        int start = axis(s.integer("start", 0), shape.rank());
        int end = axis(s.integer("end", shape.rank()), shape.rank());
        Shape part = shape.slice(Math.min(start, end), end);
        if (!part.isKnown()) {
            throw Known.needsBatch();
        }
        long[] sizes = Arrays.stream(part.sizes()).asLongStream().toArray();
        return s.graph().constant(Tensor.of(sizes, sizes.length));
    }

    private static int axis(long written, int rank) {
        return Math.clamp(written < 0 ? written + rank : written, 0, rank);
    }

    private static Shape known(NodeScope s) {
        Shape shape = s.stored(0).shape();
        if (!shape.isKnown()) {
            throw Known.needsBatch();
        }
        return shape;
    }
}
