package dev.convoy.graph.gradient;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Single elements addressed along an axis, in terms of core ops. */
final class Places {

    private Places() {}

    /** The permutation that brings an axis to a place and leaves the others in order. */
    static List<Integer> move(int axis, int place, int rank) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        order.remove(axis);
        order.add(place, axis);
        return order;
    }

    /**
     * Adds every value to the place along an axis that its index names, in zeros of a shape (ONNX 18 ScatterElements).
     * A MaxPoolGrad over one spatial axis does just that, and leaves a named first axis alone.
     */
    static Value add(GraphBuilder g, Value values, Value indices, int axis, Shape target) {
        int place = Math.min(axis, 1);
        List<Integer> order = move(axis, place, target.rank());
        Shape moved = target.permute(order);
        Value planes = g.add(
                new SpatialOp.MaxPoolGrad(Layout.CHANNELS_LAST, List.of(target.size(axis))),
                planes(g, g.transpose(values, order), place),
                planes(g, g.transpose(indices, order), place));
        return g.transpose(g.reshape(planes, moved), move(place, axis, target.rank()));
    }

    /** The value as {@code [first axis or 1, axis, all others]}. */
    private static Value planes(GraphBuilder g, Value value, int axis) {
        Shape shape = value.shape();
        long others = shape.slice(axis + 1, shape.rank()).elements();
        Dim first = axis == 0 ? Dim.of(1) : shape.dim(0);
        Dim last = Dim.of(Math.toIntExact(others));
        return g.reshape(value, Shape.ofDims(List.of(first, shape.dim(axis), last)));
    }

    /** {@code y[a, i, b] = data[a, indices[a, i, b], b]}, of known shapes (ONNX 13 GatherElements). */
    static Value take(GraphBuilder g, Value data, Value indices) {
        int size = data.shape().size(1);
        int inner = data.shape().size(2);
        Value outer = iota(g, indices.shape(), 0);
        Value within = g.add(g.mul(indices, inner), iota(g, indices.shape(), 2));
        Value flat = g.add(g.mul(outer, (double) size * inner), within);
        Shape all = Shape.of(Math.toIntExact(data.shape().elements()));
        return g.add(new IndexingOp.Gather(0), g.reshape(data, all), flat);
    }

    private static Value iota(GraphBuilder g, Shape shape, int axis) {
        return g.add(new IndexingOp.Iota(DataType.INT64, shape, axis));
    }
}
