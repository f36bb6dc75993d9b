package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * Operators that address elements by number. Those that address along several axes at once go over the data as one axis
 * and the elements' places along it.
 */
final class Indexing {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Gather", Indexing::gather).inputs("data", "indices"),
            OnnxOperator.one("GatherElements", Indexing::gatherElements).inputs("data", "indices"),
            OnnxOperator.one("GatherND", Indexing::gatherNd).inputs("data", "indices"),
            OnnxOperator.one("Scatter", Indexing::scatterElements).inputs("data", "indices", "updates"),
            OnnxOperator.one("ScatterElements", Indexing::scatterElements).inputs("data", "indices", "updates"),
            OnnxOperator.one("ScatterND", Indexing::scatterNd).inputs("data", "indices", "updates"));

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

    private static Value gatherElements(NodeScope s) {
        Value data = s.stored(0);
        Value indices = s.stored(1);
        Value places = elementPlaces(s, data.shape(), indices);
        return s.graph().add(new IndexingOp.Gather(0), flat(s.graph(), data), places);
    }

    private static Value scatterElements(NodeScope s) {
        GraphBuilder g = s.graph();
        Value data = s.operand(0);
        Value places = flat(g, elementPlaces(s, data.shape(), s.stored(1)));
        Value scattered = g.add(new IndexingOp.Scatter(0, reduction(s)), flat(g, data), places, flat(g, s.operand(2)));
        return g.reshape(scattered, data.shape());
    }

    /** Where in the row-major order of the data the elements are that the indices name along the attribute's axis. */
    private static Value elementPlaces(NodeScope s, Shape data, Value indices) {
        GraphBuilder g = s.graph();
        int axis = data.axis(s.number("axis", 0));
        if (indices.shape().rank() != data.rank()) {
            throw s.refuse("data and indices have the same rank, got " + data + " and " + indices.shape(), "");
        }
        requireKnown(data);
        requireKnown(indices.shape());
        int[] strides = data.strides();
        Value places = g.mul(fromFront(g, g.cast(indices, DataType.INT64), data.size(axis)), strides[axis]);
        for (int other = 0; other < data.rank(); other++) {
            if (other != axis) {
                places = g.add(places, positions(g, indices.shape(), other, strides[other]));
            }
        }
        return places;
    }

    /** The position along an axis times a stride, under a shape that broadcasts with the given one. */
    private static Value positions(GraphBuilder g, Shape shape, int axis, int stride) {
        Shape line = Shape.of(shape.size(axis));
        Value positions = g.mul(g.add(new IndexingOp.Iota(DataType.INT64, line, 0)), stride);
        Shape column = line;
        for (int behind = axis + 1; behind < shape.rank(); behind++) {
            column = column.concat(Shape.of(1));
        }
        return g.reshape(positions, column);
    }

    private static Value gatherNd(NodeScope s) {
        GraphBuilder g = s.graph();
        Value data = s.stored(0);
        Value indices = s.stored(1);
        int batches = s.number("batch_dims", 0);
        Shape shape = data.shape();
        requireKnown(shape);
        requireKnown(indices.shape());
        int depth = depth(s, shape, indices.shape(), batches);
        Shape addressed = shape.slice(0, batches + depth);
        Value places = tuplePlaces(g, shape.slice(batches, batches + depth), indices);
        int[] strides = addressed.strides();
        for (int batch = 0; batch < batches; batch++) {
            places = g.add(places, positions(g, places.shape(), batch, strides[batch]));
        }
        Shape slice = shape.slice(batches + depth, shape.rank());
        Value rows = g.reshape(data, slice.prepend(Dim.of(Math.toIntExact(addressed.elements()))));
        return g.add(new IndexingOp.Gather(0), rows, places);
    }

    private static Value scatterNd(NodeScope s) {
        GraphBuilder g = s.graph();
        Value data = s.operand(0);
        Value indices = s.stored(1);
        Shape shape = data.shape();
        requireKnown(shape);
        requireKnown(indices.shape());
        int depth = depth(s, shape, indices.shape(), 0);
        Shape addressed = shape.slice(0, depth);
        Shape slice = shape.slice(depth, shape.rank());
        Value places = flat(g, tuplePlaces(g, addressed, indices));
        Value rows = g.reshape(data, slice.prepend(Dim.of(Math.toIntExact(addressed.elements()))));
        Value updates = g.reshape(s.operand(2), slice.prepend(places.shape().dim(0)));
        Value scattered = g.add(new IndexingOp.Scatter(0, reduction(s)), rows, places, updates);
        return g.reshape(scattered, shape);
    }

    /** How many axes of the data the last axis of the indices addresses. */
    private static int depth(NodeScope s, Shape data, Shape indices, int batches) {
        boolean fits = indices.rank() > batches
                && batches >= 0
                && indices.size(indices.rank() - 1) <= data.rank() - batches
                && indices.size(indices.rank() - 1) > 0
                && indices.slice(0, batches).equals(data.slice(0, Math.min(batches, data.rank())));
        if (!fits) {
            throw s.refuse(
                    "the last axis of its indices addresses axes of its data behind " + batches
                            + " batch axes, got indices " + indices + " and data " + data,
                    "");
        }
        return indices.size(indices.rank() - 1);
    }

    /** The place in row-major order that each tuple along the last axis of the indices names. */
    private static Value tuplePlaces(GraphBuilder g, Shape addressed, Value indices) {
        int[] strides = addressed.strides();
        int last = indices.shape().rank() - 1;
        Shape tuples = indices.shape().slice(0, last);
        Value numbers = g.cast(indices, DataType.INT64);
        Value places = g.constant(Tensor.scalar(0L));
        for (int axis = 0; axis < addressed.rank(); axis++) {
            Value index = g.reshape(g.slice(numbers, last, axis, axis + 1), tuples);
            places = g.add(places, g.mul(fromFront(g, index, addressed.size(axis)), strides[axis]));
        }
        return places;
    }

    private static ScatterFn reduction(NodeScope s) {
        String reduction = s.text("reduction", "none");
        return switch (reduction) {
            case "none" -> ScatterFn.SET;
            case "add" -> ScatterFn.ADD;
            case "mul" -> ScatterFn.MUL;
            case "max" -> ScatterFn.MAX;
            case "min" -> ScatterFn.MIN;
            default -> throw s.refuse("the reduction " + reduction + " does not exist", "");
        };
    }

    private static Value flat(GraphBuilder g, Value x) {
        return g.reshape(x, Shape.of(Math.toIntExact(x.shape().elements())));
    }

    private static void requireKnown(Shape shape) {
        if (!shape.isKnown()) {
            throw Known.needsBatch();
        }
    }
}
