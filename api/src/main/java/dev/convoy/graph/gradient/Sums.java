package dev.convoy.graph.gradient;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Sums, counts and zeros over shapes whose batch may be a named dimension. */
final class Sums {

    private Sums() {}

    static Value zeros(GraphBuilder g, Value like) {
        return g.broadcast(g.scalar(0, like.spec().type()), like.shape());
    }

    static Value ones(GraphBuilder g, Value like) {
        return g.broadcast(g.scalar(1, like.spec().type()), like.shape());
    }

    /** A gradient in the shape of an operand: summed over the axes along which the operand was broadcast. */
    static Value fit(GraphBuilder g, Value gradient, Shape operand) {
        Shape shape = gradient.shape();
        if (shape.equals(operand)) {
            return gradient;
        }
        int extra = shape.rank() - operand.rank();
        List<Integer> stretched = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean added = axis < extra;
            boolean one = !added && operand.dim(axis - extra).equals(Dim.of(1));
            if (added || one && !shape.dim(axis).equals(Dim.of(1))) {
                stretched.add(axis);
            }
        }
        if (stretched.isEmpty()) {
            return g.broadcast(gradient, operand);
        }
        Value sum = g.reduce(ReduceFn.SUM, gradient, stretched, true);
        Shape kept = extra > 0 ? sum.shape().slice(extra, shape.rank()) : sum.shape();
        return g.broadcast(g.reshape(sum, kept), operand);
    }

    /** The result of a reduction with the reduced axes put back as size 1, so that it broadcasts against the operand. */
    static Value keep(GraphBuilder g, Value reduced, Shape operand, List<Integer> axes) {
        List<Dim> dims = new ArrayList<>(operand.dims());
        axes.forEach(axis -> dims.set(axis, Dim.of(1)));
        return g.reshape(reduced, Shape.ofDims(dims));
    }

    /** The number of elements along axes, as a scalar; computed when it runs if one is named. */
    static Value count(GraphBuilder g, Shape shape, List<Integer> axes, DataType type) {
        double known = 1;
        List<Dim> named = new ArrayList<>();
        for (int axis : axes) {
            if (shape.dim(axis).isKnown()) {
                known *= shape.size(axis);
            } else {
                named.add(shape.dim(axis));
            }
        }
        Value count = g.scalar(known, type);
        return named.isEmpty() ? count : fit(g, g.broadcast(count, Shape.ofDims(named)), Shape.SCALAR);
    }
}
