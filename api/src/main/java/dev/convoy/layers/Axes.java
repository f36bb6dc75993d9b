package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The axes that a layer's {@code axis} argument names, counted from the front, ascending. */
final class Axes {

    private Axes() {}

    /**
     * L1: each is an axis of the input, named once.
     *
     * @param axes may be negative
     */
    static List<Integer> of(String layer, List<Integer> axes, Shape input) {
        Check check = Check.of(layer);
        int rank = input.rank();
        for (int axis : axes) {
            check.that(
                    axis >= -rank && axis < rank,
                    "L1",
                    "the axis is an axis of the input",
                    -rank + " <= axis < " + rank,
                    axis);
        }
        List<Integer> ascending =
                axes.stream().map(input::axis).distinct().sorted().toList();
        check.that(ascending.size() == axes.size(), "L1", "each axis is named once", "distinct axes", axes);
        return ascending;
    }

    /** The same, none of them the batch. */
    static List<Integer> behindBatch(String layer, List<Integer> axes, Shape input) {
        List<Integer> ascending = of(layer, axes, input);
        Check.of(layer)
                .that(
                        !ascending.isEmpty() && ascending.getFirst() != 0,
                        "L1",
                        "the axes are behind the batch",
                        ">= 1 axis, none of them 0",
                        axes);
        return ascending;
    }

    /** The input's shape with 1 in place of all axes but these. */
    static Shape kept(List<Integer> axes, Shape input) {
        List<Dim> dims = new ArrayList<>(Collections.nCopies(input.rank(), Dim.of(1)));
        axes.forEach(axis -> dims.set(axis, input.dim(axis)));
        return Shape.ofDims(dims);
    }

    /** {@code x / max(|x|, floor)} with the Euclidean norm along axes. */
    static Value normalize(GraphBuilder g, Value x, List<Integer> axes, double floor) {
        Value norm = g.unary(UnaryFn.SQRT, g.reduce(ReduceFn.SUM, g.mul(x, x), axes, true));
        return g.div(x, g.max(norm, g.scalar(floor, x.spec().type())));
    }
}
