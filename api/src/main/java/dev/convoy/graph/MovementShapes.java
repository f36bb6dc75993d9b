package dev.convoy.graph;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rules of {@link MovementOp}. */
final class MovementShapes {

    private MovementShapes() {}

    static TensorSpec infer(MovementOp op, List<TensorSpec> inputs, Check check) {
        if (!(op instanceof MovementOp.Concat)) {
            ShapeInference.arity(check, inputs, 1);
        }
        check.that(!inputs.isEmpty(), "C1", "there is at least one operand", ">= 1", 0);
        TensorSpec first = inputs.getFirst();
        Shape x = first.shape();
        return first.withShape(
                switch (op) {
                    case MovementOp.Reshape(Shape target) -> reshape(x, target, check);
                    case MovementOp.Transpose(List<Integer> permutation) -> {
                        List<Integer> axes =
                                IntStream.range(0, x.rank()).boxed().toList();
                        check.that(
                                permutation.stream().sorted().toList().equals(axes),
                                "C1",
                                "the permutation names each axis once",
                                axes,
                                permutation);
                        yield x.permute(permutation);
                    }
                    case MovementOp.Broadcast(Shape target) -> {
                        check.that(
                                x.rank() <= target.rank(),
                                "C1",
                                "the target's rank is at least the operand's",
                                target,
                                x);
                        for (int axis = -x.rank(); axis < 0; axis++) {
                            Dim dim = x.dim(axis);
                            check.that(
                                    dim.equals(Dim.of(1)) || dim.equals(target.dim(axis)),
                                    "C1",
                                    "every axis is 1 or the target's",
                                    target,
                                    x);
                        }
                        yield target;
                    }
                    case MovementOp.Slice slice -> slice(slice, x, check);
                    case MovementOp.Reverse(List<Integer> axes) -> {
                        ReductionShapes.ascending(check, "C1", axes, x.rank());
                        yield x;
                    }
                    case MovementOp.Pad pad -> pad(pad, x, check);
                    case MovementOp.Concat(int axis) -> concat(axis, inputs, check);
                });
    }

    private static Shape reshape(Shape x, Shape target, Check check) {
        boolean sameNames = names(x).equals(names(target));
        check.that(
                sameNames && knownElements(x) == knownElements(target),
                "C1",
                "the target has as many elements as the operand",
                x,
                target);
        return target;
    }

    private static List<String> names(Shape shape) {
        return shape.dims().stream()
                .filter(d -> !d.isKnown())
                .map(Dim::toString)
                .sorted()
                .toList();
    }

    private static long knownElements(Shape shape) {
        return shape.dims().stream().filter(Dim::isKnown).mapToLong(Dim::size).reduce(1, Math::multiplyExact);
    }

    private static Shape slice(MovementOp.Slice op, Shape x, Check check) {
        for (List<Integer> list : List.of(op.starts(), op.ends(), op.steps())) {
            check.that(list.size() == x.rank(), "C1", "starts, ends and steps have one entry per axis", x.rank(), list);
        }
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            int start = op.starts().get(axis);
            int end = op.ends().get(axis);
            int step = op.steps().get(axis);
            if (start == 0 && end == MovementOp.Slice.TO_END && step == 1) {
                dims.add(x.dim(axis));
                continue;
            }
            int size = x.size(axis);
            int stop = end == MovementOp.Slice.TO_END ? size : end;
            check.that(
                    0 <= start && start <= stop && stop <= size && step >= 1,
                    "C2",
                    "0 <= start <= end <= size and step >= 1",
                    "inside [0, " + size + "]",
                    start + ".." + end + " step " + step + " at axis " + axis);
            dims.add(Dim.of(Math.ceilDiv(stop - start, step)));
        }
        return Shape.ofDims(dims);
    }

    private static Shape pad(MovementOp.Pad op, Shape x, Check check) {
        check.that(
                op.before().size() == x.rank() && op.after().size() == x.rank(),
                "C1",
                "before and after have one entry per axis",
                x.rank(),
                op.before() + " and " + op.after());
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            int before = op.before().get(axis);
            int after = op.after().get(axis);
            check.that(before >= 0 && after >= 0, "C1", "pads are at least 0", ">= 0", before + " and " + after);
            if (before == 0 && after == 0) {
                dims.add(x.dim(axis));
                continue;
            }
            int size = x.size(axis);
            int limit = switch (op.mode()) {
                case CONSTANT -> Integer.MAX_VALUE;
                case REFLECT -> size - 1;
                case EDGE -> size > 0 ? Integer.MAX_VALUE : 0;
                case WRAP -> size;
            };
            check.that(
                    Math.max(before, after) <= limit,
                    "C2",
                    op.mode() + " padding needs enough elements to take from",
                    "<= " + limit + " at axis " + axis,
                    Math.max(before, after));
            dims.add(Dim.of(Math.addExact(size, Math.addExact(before, after))));
        }
        return Shape.ofDims(dims);
    }

    private static Shape concat(int axis, List<TensorSpec> inputs, Check check) {
        Shape first = inputs.getFirst().shape();
        check.that(
                axis >= 0 && axis < first.rank(),
                "C1",
                "the axis is an axis of the operands",
                "0 <= axis < " + first.rank(),
                axis);
        if (inputs.size() == 1) {
            return first;
        }
        int size = 0;
        for (TensorSpec input : inputs) {
            ShapeInference.sameType(check, inputs.getFirst(), input);
            Shape shape = input.shape();
            check.that(shape.rank() == first.rank(), "C1", "operands have the same rank", first.rank(), shape.rank());
            check.that(
                    shape.with(axis, 0).equals(first.with(axis, 0)),
                    "C2",
                    "all axes but axis " + axis + " are equal",
                    first,
                    shape);
            size = Math.addExact(size, shape.size(axis));
        }
        return first.with(axis, size);
    }
}
