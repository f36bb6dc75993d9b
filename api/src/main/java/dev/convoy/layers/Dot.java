package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The products of two inputs, summed along an axis of each, sample by sample (Keras 3 {@code Dot}). The result has the
 * batch, the other axes of the first input and the other axes of the second; {@code [n, 1]} if there are none.
 *
 * @param axes the axis of the first and of the second input; may be negative, not the batch
 * @param normalize whether both are first divided by their Euclidean norm along the axis, at least 1e-7; false by default
 */
public record Dot(List<Integer> axes, boolean normalize) implements Layer {

    private static final double EPSILON = 1e-7;

    /**
     * @throws dev.convoy.graph.GraphException if there are not two axes
     */
    public Dot {
        axes = Geometry.spread(axes, 2);
        Check.of("Dot").that(axes.size() == 2, "L1", "there is one axis for each input", 2, axes);
    }

    /**
     * @param axes one number for both inputs, or one for each
     */
    public static Dot of(Integer... axes) {
        return new Dot(List.of(axes), false);
    }

    public Dot normalize(boolean value) {
        return new Dot(axes, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Check check = Check.of("Dot");
        check.that(inputs.size() == 2, "L0", "the layer takes two inputs", 2, inputs.size());
        Value a = inputs.getFirst();
        Value b = inputs.getLast();
        int along = Axes.behindBatch("Dot", axes.subList(0, 1), a.shape()).getFirst();
        int beside = Axes.behindBatch("Dot", axes.subList(1, 2), b.shape()).getFirst();
        Dim first = a.shape().dim(along);
        Dim second = b.shape().dim(beside);
        check.that(first.equals(second), "L2", "the axes have the same size", first, second);
        Dim batch = a.shape().dim(0);
        check.that(
                batch.equals(b.shape().dim(0)),
                "L3",
                "the inputs have the same batch",
                batch,
                b.shape().dim(0));
        Shape left = others(a.shape(), along);
        Shape right = others(b.shape(), beside);
        Value rows = matrix(g, a, along, left, true);
        Value columns = matrix(g, b, beside, right, false);
        Shape inner = left.concat(right);
        Shape result = (inner.rank() == 0 ? Shape.of(1) : inner).prepend(batch);
        return List.of(g.reshape(g.matMul(rows, columns), result));
    }

    private static Shape others(Shape x, int axis) {
        return x.slice(1, axis).concat(x.slice(axis + 1, x.rank()));
    }

    /** {@code [n, others, k]}, or {@code [n, k, others]}. */
    private Value matrix(GraphBuilder g, Value x, int axis, Shape others, boolean last) {
        Value scaled = normalize ? Axes.normalize(g, x, List.of(axis), EPSILON) : x;
        List<Integer> order = new ArrayList<>(IntStream.range(1, x.shape().rank())
                .filter(i -> i != axis)
                .boxed()
                .toList());
        order.add(last ? order.size() : 0, axis);
        order.addFirst(0);
        int size = Math.toIntExact(others.elements());
        int k = x.shape().size(axis);
        Shape matrix =
                (last ? Shape.of(size, k) : Shape.of(k, size)).prepend(x.shape().dim(0));
        return g.reshape(g.transpose(scaled, order), matrix);
    }
}
