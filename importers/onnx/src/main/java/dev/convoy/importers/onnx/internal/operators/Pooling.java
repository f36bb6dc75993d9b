package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.IndexingOp.Scatter;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.importers.onnx.internal.node.Known;
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
            OnnxOperator.one("LpPool", Pooling::lpPool).inputs("X"),
            OnnxOperator.one("MaxUnpool", Pooling::maxUnpool)
                    .inputs("X", "I", "output_shape")
                    .known("output_shape"),
            OnnxOperator.one("GlobalLpPool", Pooling::globalLpPool).inputs("X"),
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
        Value inPlane = isColumnMajor ? columnMajor(s.graph(), x.shape(), results.get(1)) : results.get(1);
        return List.of(results.getFirst(), inWholeTensor(s.graph(), x, inPlane));
    }

    /** Positions in a plane in which the first spatial axis runs fastest, from those in which the last does. */
    private static Value columnMajor(GraphBuilder g, Shape x, Value rowMajor) {
        Value rest = rowMajor;
        Value position = g.binary(BinaryFn.MUL, rowMajor, 0);
        long plane = x.slice(2, x.rank()).elements();
        long stride = plane;
        for (int axis = x.rank() - 1; axis >= 2; axis--) {
            stride /= x.size(axis);
            position = g.add(position, g.mul(g.binary(BinaryFn.REM, rest, x.size(axis)), stride));
            rest = g.binary(BinaryFn.DIV, rest, x.size(axis));
        }
        return position;
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

    /** {@code (Σ |x|ᵖ)^(1/p)}; what lies outside counts as zero. */
    private static Value lpPool(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        double p = exponent(s);
        AvgPool sum = new AvgPool(window(s, x), s.flag("ceil_mode", false), true, 1, Layout.CHANNELS_FIRST);
        return root(g, g.add(sum, powers(g, x, p)), p);
    }

    private static Value globalLpPool(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        double p = exponent(s);
        return root(g, g.reduce(ReduceFn.SUM, powers(g, x, p), spatial(x), true), p);
    }

    /** An integer from version 2 on. */
    private static double exponent(NodeScope s) {
        double p = s.opset() < 2 ? s.real("p", 2) : s.integer("p", 2);
        if (p <= 0) {
            throw s.refuse("p is greater than 0, got " + p, "");
        }
        return p;
    }

    private static Value powers(GraphBuilder g, Value x, double p) {
        if (p == 2) {
            return g.mul(x, x);
        }
        Value magnitude = g.unary(UnaryFn.ABS, x);
        return p == 1 ? magnitude : g.binary(BinaryFn.POW, magnitude, p);
    }

    private static Value root(GraphBuilder g, Value sum, double p) {
        if (p == 1) {
            return sum;
        }
        return p == 2 ? g.unary(UnaryFn.SQRT, sum) : g.binary(BinaryFn.POW, sum, 1 / p);
    }

    /**
     * Indices count in the tensor that the pooling had before, as its attributes tell it; where {@code output_shape} is
     * larger, zeros follow. So does ONNX's reference, and so say its recorded tests; ONNX Runtime counts in {@code output_shape}.
     */
    private static Value maxUnpool(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        Shape shape = x.shape();
        if (!shape.isKnown()) {
            throw Known.needsBatch();
        }
        Window window = window(s, x);
        Shape pooled = shape;
        for (int axis = 0; axis < window.rank(); axis++) {
            int span = (shape.size(axis + 2) - 1) * window.strides().get(axis) + window.extent(axis);
            pooled = pooled.with(axis + 2, span - window.padTotal(axis));
        }
        Value zeros = g.broadcast(g.scalar(0, x.spec().type()), Shape.of(Math.toIntExact(pooled.elements())));
        Shape flat = Shape.of(Math.toIntExact(shape.elements()));
        Value set = g.add(new Scatter(0, ScatterFn.SET), zeros, g.reshape(s.stored(1), flat), g.reshape(x, flat));
        Value y = g.reshape(set, pooled);
        return s.has(2) ? Padding.fitted(g, y, s.known(2).ints()) : y;
    }

    private static List<Integer> spatial(Value x) {
        return IntStream.range(2, x.shape().rank()).boxed().toList();
    }

    private static Value global(NodeScope s, ReduceFn fn) {
        Value x = s.operand(0);
        return s.graph().reduce(fn, x, spatial(x), true);
    }
}
