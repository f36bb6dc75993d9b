package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that cut, repeat and pick slices; on tensors of any type. */
final class Rearrangements {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.several("Split", Rearrangements::split)
                    .inputs("input", "split")
                    .known("split"),
            OnnxOperator.one("Tile", Rearrangements::tile)
                    .inputs("input", "repeats", "axis")
                    .known("repeats", "axis"),
            OnnxOperator.one("ReverseSequence", Rearrangements::reverseSequence).inputs("input", "sequence_lens"),
            OnnxOperator.one("Compress", Rearrangements::compress)
                    .inputs("input", "condition")
                    .known("condition"),
            OnnxOperator.one("NonZero", Rearrangements::nonZero).inputs("X"));

    private Rearrangements() {}

    private static List<Value> split(NodeScope s) {
        Value x = s.stored(0);
        int axis = x.shape().axis(s.number("axis", 0));
        int parts = s.number("num_outputs", s.results());
        List<Long> given = s.longs(1, "split").orElse(List.of());
        if (given.isEmpty() && !x.shape().dim(axis).isKnown()) {
            throw Known.needsBatch();
        }
        List<Long> sizes = given.isEmpty() ? evenly(x.shape().size(axis), parts) : given;
        if (sizes.size() < s.results()) {
            throw s.refuse("it has " + s.results() + " results, and sizes for " + sizes.size(), "");
        }
        List<Value> results = new ArrayList<>();
        long start = 0;
        for (long size : sizes) {
            results.add(s.graph().slice(x, axis, Math.toIntExact(start), Math.toIntExact(start + size)));
            start += size;
        }
        return results;
    }

    /** Parts of equal size; the last ones are smaller if it does not come out even. */
    private static List<Long> evenly(int size, int parts) {
        int part = Math.ceilDiv(size, Math.max(1, parts));
        return IntStream.range(0, parts)
                .mapToObj(i -> (long) Math.clamp(size - (long) i * part, 0, part))
                .toList();
    }

    private static Value tile(NodeScope s) {
        Value x = s.stored(0);
        int rank = x.shape().rank();
        List<Integer> repeats = new ArrayList<>(Collections.nCopies(rank, 1));
        if (s.opset() < 6) {
            repeats.set(
                    x.shape().axis(Math.toIntExact(s.known(2).integer())),
                    Math.toIntExact(s.known(1).integer()));
        } else {
            repeats = s.known(1).ints();
        }
        if (repeats.size() != rank) {
            throw s.refuse("it takes a number of repeats for each of " + rank + " axes, got " + repeats, "");
        }
        List<Dim> apart = new ArrayList<>();
        List<Dim> repeated = new ArrayList<>();
        List<Dim> joined = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            Dim dim = x.shape().dim(axis);
            int times = repeats.get(axis);
            if (times != 1) {
                if (!dim.isKnown()) {
                    throw Known.needsBatch();
                }
                apart.add(Dim.of(1));
                repeated.add(Dim.of(times));
            }
            apart.add(dim);
            repeated.add(dim);
            joined.add(times == 1 ? dim : Dim.of(Math.multiplyExact(dim.size(), times)));
        }
        GraphBuilder g = s.graph();
        Value spread = g.broadcast(g.reshape(x, Shape.ofDims(apart)), Shape.ofDims(repeated));
        return g.reshape(spread, Shape.ofDims(joined));
    }

    private static Value reverseSequence(NodeScope s) {
        Value x = s.stored(0);
        int time = x.shape().axis(s.number("time_axis", 0));
        int batch = x.shape().axis(s.number("batch_axis", 1));
        if (time == batch) {
            throw s.refuse("time_axis and batch_axis are two axes, got " + time + " twice", "");
        }
        List<Integer> order = new ArrayList<>(List.of(time, batch));
        IntStream.range(0, x.shape().rank())
                .filter(a -> a != time && a != batch)
                .forEach(order::add);
        GraphBuilder g = s.graph();
        Value reversed = reversed(g, g.transpose(x, order), s.stored(1));
        return g.transpose(
                reversed,
                IntStream.range(0, order.size()).map(order::indexOf).boxed().toList());
    }

    /**
     * Turns the first elements of each sequence around.
     *
     * @param x {@code [time, batch, …]}
     * @param lengths how many elements of each sequence, {@code [batch]}
     */
    static Value reversed(GraphBuilder g, Value x, Value lengths) {
        Shape shape = x.shape();
        if (!shape.isKnown()) {
            throw Known.needsBatch();
        }
        Value count = g.cast(lengths, DataType.INT64);
        Value step = g.add(new Iota(DataType.INT64, Shape.of(shape.size(0), 1), 0));
        Value mirrored = g.sub(g.add(count, -1), step);
        Value taken = g.select(g.compare(CompareFn.LT, step, count), mirrored, step);
        Value sequence = g.add(new Iota(DataType.INT64, Shape.of(shape.size(1)), 0));
        Value places = g.add(g.mul(taken, shape.size(1)), sequence);
        Dim rows = Dim.of(Math.multiplyExact(shape.size(0), shape.size(1)));
        Value flat = g.reshape(x, shape.slice(2, shape.rank()).prepend(rows));
        return g.add(new IndexingOp.Gather(0), flat, places);
    }

    private static Value compress(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.stored(0);
        List<Long> condition = s.known(1).longs();
        long[] taken = IntStream.range(0, condition.size())
                .filter(i -> condition.get(i) != 0)
                .asLongStream()
                .toArray();
        Value indices = g.constant(Tensor.of(taken, taken.length));
        if (s.has("axis")) {
            return g.add(new IndexingOp.Gather(x.shape().axis(s.number("axis"))), x, indices);
        }
        if (!x.shape().isKnown()) {
            throw Known.needsBatch();
        }
        Value flat = g.reshape(x, Shape.of(Math.toIntExact(x.shape().elements())));
        return g.add(new IndexingOp.Gather(0), flat, indices);
    }

    /** Of a number that is known; else the shape of the result depends on the data. */
    private static Value nonZero(NodeScope s) {
        Tensor x = s.whenKnown(0).orElseThrow(Refusals::dataDependent).tensor();
        List<Double> elements = Known.of(x).reals();
        int[] places =
                IntStream.range(0, x.size()).filter(i -> elements.get(i) != 0).toArray();
        int rank = x.shape().rank();
        int[] strides = x.shape().strides();
        long[] coordinates = new long[rank * places.length];
        for (int axis = 0; axis < rank; axis++) {
            for (int i = 0; i < places.length; i++) {
                coordinates[axis * places.length + i] =
                        places[i] / strides[axis] % x.shape().size(axis);
            }
        }
        return s.graph().constant(Tensor.of(coordinates, rank, places.length));
    }
}
