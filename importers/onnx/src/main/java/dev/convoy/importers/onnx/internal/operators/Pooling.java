package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Pooling. */
final class Pooling {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.several("MaxPool", Pooling::maxPool).inputs("X"),
            OnnxOperator.one("AveragePool", Pooling::averagePool).inputs("X"),
            OnnxOperator.one("GlobalMaxPool", s -> global(s, ReduceFn.MAX)).inputs("X"),
            OnnxOperator.one("GlobalAveragePool", s -> global(s, ReduceFn.MEAN)).inputs("X"));

    private Pooling() {}

    private static Window window(NodeScope s, Value x) {
        return Windows.of(s, x.shape(), s.ints("kernel_shape", List.of()));
    }

    private static List<Value> maxPool(NodeScope s) {
        Value x = s.operand(0);
        boolean isColumnMajor = s.flag("storage_order", false);
        MaxPool op = new MaxPool(window(s, x), s.flag("ceil_mode", false), Layout.CHANNELS_FIRST);
        List<Value> results = s.graph().add(op, List.of(x));
        if (!s.wants(1)) {
            return List.of(results.getFirst());
        }
        if (isColumnMajor) {
            throw s.refuse("indices in column-major order are not supported", "");
        }
        return List.of(results.getFirst(), inWholeTensor(s.graph(), x, results.get(1)));
    }

    /** Positions in the whole tensor, from those in each plane of spatial axes. */
    private static Value inWholeTensor(GraphBuilder g, Value x, Value inPlane) {
        int channels = x.shape().size(1);
        long plane = x.shape().slice(2, x.shape().rank()).elements();
        Value sample = g.binary(BinaryFn.MUL, counted(g, x, 0), (double) channels * plane);
        Value channel = g.binary(BinaryFn.MUL, counted(g, x, 1), plane);
        return g.add(g.add(inPlane, sample), channel);
    }

    private static Value counted(GraphBuilder g, Value x, int axis) {
        List<Dim> dims = new ArrayList<>(Collections.nCopies(x.shape().rank(), Dim.of(1)));
        dims.set(axis, x.shape().dim(axis));
        return g.add(new Iota(DataType.INT64, Shape.ofDims(dims), axis));
    }

    private static Value averagePool(NodeScope s) {
        Value x = s.operand(0);
        return s.graph()
                .add(
                        new AvgPool(
                                window(s, x),
                                s.flag("ceil_mode", false),
                                s.flag("count_include_pad", false),
                                0,
                                Layout.CHANNELS_FIRST),
                        x);
    }

    private static Value global(NodeScope s, ReduceFn fn) {
        Value x = s.operand(0);
        List<Integer> spatial = IntStream.range(2, x.shape().rank()).boxed().toList();
        return s.graph().reduce(fn, x, spatial, true);
    }
}
