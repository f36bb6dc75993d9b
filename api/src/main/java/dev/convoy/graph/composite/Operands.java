package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Rules that composites share. */
final class Operands {

    private Operands() {}

    /** C1: one real operand. */
    static Value real(CompositeOp op, List<Value> inputs) {
        Check check = Check.of(op, inputs);
        count(check, inputs, 1, 1);
        return real(check, inputs.getFirst());
    }

    /** C1: this operand is real. */
    static Value real(Check check, Value x) {
        check.that(
                x.spec().type().isReal(),
                "C1",
                "the operand is real",
                DataType.FLOAT32,
                x.spec().type());
        return x;
    }

    /** C1: all operands have the type of the first, which is real. */
    static void allReal(Check check, List<Value> inputs) {
        DataType type = real(check, inputs.getFirst()).spec().type();
        for (Value input : inputs) {
            check.that(
                    input.spec().type() == type,
                    "C1",
                    "operands have the same type",
                    type,
                    input.spec().type());
        }
    }

    /** C1: there are so many operands. */
    static void count(Check check, List<Value> inputs, int least, int most) {
        check.that(
                inputs.size() >= least && inputs.size() <= most,
                "C1",
                "the number of operands is right",
                least == most ? least : least + " to " + most,
                inputs.size());
    }

    /** C2: the axis, which may be negative, is an axis of the operand; the result counts from the front. */
    static int axis(Check check, int axis, Value x) {
        int rank = x.shape().rank();
        check.that(
                axis >= -rank && axis < rank,
                "C2",
                "the axis is an axis of the operand",
                -rank + " <= axis < " + rank,
                axis);
        return x.shape().axis(axis);
    }

    /** C2: all axes are axes of the operand, each once; the result counts from the front and ascends. */
    static List<Integer> axes(Check check, List<Integer> axes, Value x) {
        List<Integer> ascending = axes.stream()
                .map(axis -> axis(check, axis, x))
                .distinct()
                .sorted()
                .toList();
        check.that(ascending.size() == axes.size(), "C2", "each axis is named once", "distinct axes", axes);
        return ascending;
    }

    /** C3: the operand is one number per channel. */
    static void perChannel(Check check, Value x, int axis, List<Value> vectors) {
        Shape expected = Shape.ofDims(List.of(x.shape().dim(axis)));
        for (Value vector : vectors) {
            check.that(
                    vector.shape().equals(expected), "C3", "there is one number per channel", expected, vector.shape());
        }
    }

    /** C3: the operands have the shape of these axes of x. */
    static void perElement(Check check, Value x, List<Integer> axes, List<Value> parts) {
        Shape expected = x.shape().permute(axes);
        for (Value part : parts) {
            check.that(part.shape().equals(expected), "C3", "the shape is that of the axes", expected, part.shape());
        }
    }

    /** All axes but one. */
    static List<Integer> others(int rank, int axis) {
        return IntStream.range(0, rank).filter(i -> i != axis).boxed().toList();
    }

    /** A value whose axes are {@code axes} of another value, under a shape that broadcasts with that one. */
    static Value spread(GraphBuilder g, Value part, List<Integer> axes, Value like) {
        int rank = like.shape().rank();
        Shape shape = Shape.SCALAR;
        for (int axis = axes.isEmpty() ? rank : axes.getFirst(), next = 0; axis < rank; axis++) {
            shape = shape.concat(
                    Shape.ofDims(List.of(axes.contains(axis) ? part.shape().dim(next++) : Dim.of(1))));
        }
        return g.reshape(part, shape);
    }

    /** Where an axis, which may be negative, is found after a reorder. */
    static int moved(int axis, List<Integer> order) {
        return order.indexOf(axis < 0 ? axis + order.size() : axis);
    }

    /** Whether these axes, which may be negative, follow each other after a reorder as before. */
    static boolean keepsOrder(List<Integer> axes, List<Integer> order) {
        List<Integer> before = axes.stream()
                .map(axis -> axis < 0 ? axis + order.size() : axis)
                .sorted()
                .toList();
        List<Integer> after = before.stream().map(order::indexOf).toList();
        return after.equals(after.stream().sorted().toList());
    }
}
