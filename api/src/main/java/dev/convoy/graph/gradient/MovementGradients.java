package dev.convoy.graph.gradient;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Gradients of {@link MovementOp}: every element moves back to where it came from. */
final class MovementGradients {

    private MovementGradients() {}

    static void write(MovementOp op, Pullback p) {
        GraphBuilder g = p.graph();
        Value dy = p.gradient();
        switch (op) {
            case MovementOp.Reshape _ ->
                p.to(0, () -> g.reshape(dy, p.operand(0).shape()));
            case MovementOp.Transpose(List<Integer> permutation) ->
                p.to(0, () -> g.transpose(dy, inverse(permutation)));
            case MovementOp.Broadcast _ -> p.to(0, () -> dy);
            case MovementOp.Slice slice ->
                p.to(0, () -> unslice(g, slice, dy, p.operand(0).shape()));
            case MovementOp.Reverse reverse -> p.to(0, () -> g.add(reverse, dy));
            case MovementOp.Pad pad ->
                p.to(0, () -> unpad(g, pad, dy, p.operand(0).shape()));
            case MovementOp.Concat(int axis) -> {
                int start = 0;
                for (int i = 0; i < p.operands().size(); i++) {
                    int from = start;
                    int to = from + p.operand(i).shape().size(axis);
                    p.to(i, () -> g.slice(dy, axis, from, to));
                    start = to;
                }
            }
        }
    }

    private static List<Integer> inverse(List<Integer> permutation) {
        List<Integer> inverse = new ArrayList<>(permutation);
        for (int i = 0; i < permutation.size(); i++) {
            inverse.set(permutation.get(i), i);
        }
        return inverse;
    }

    private static Value unslice(GraphBuilder g, MovementOp.Slice op, Value dy, Shape x) {
        Value spread = dy;
        for (int axis = 0; axis < x.rank(); axis++) {
            if (op.steps().get(axis) > 1) {
                spread = spread(g, spread, axis, op.steps().get(axis));
            }
        }
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            boolean whole = spread.shape().dim(axis).equals(x.dim(axis));
            int start = op.starts().get(axis);
            before.add(start);
            after.add(whole ? 0 : x.size(axis) - start - spread.shape().size(axis));
        }
        return zeroPad(g, spread, before, after);
    }

    /** Puts {@code step - 1} zeros between neighbours along an axis. */
    private static Value spread(GraphBuilder g, Value x, int axis, int step) {
        Shape shape = x.shape();
        int size = shape.size(axis);
        if (size == 0) {
            return x;
        }
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.add(axis + 1, Dim.of(1));
        List<Integer> after = new ArrayList<>(Collections.nCopies(dims.size(), 0));
        after.set(axis + 1, step - 1);
        Value padded = zeroPad(g, g.reshape(x, Shape.ofDims(dims)), Collections.nCopies(dims.size(), 0), after);
        Value joined = g.reshape(padded, shape.with(axis, size * step));
        return g.slice(joined, axis, 0, (size - 1) * step + 1);
    }

    private static Value zeroPad(GraphBuilder g, Value x, List<Integer> before, List<Integer> after) {
        boolean none = before.stream().allMatch(v -> v == 0) && after.stream().allMatch(v -> v == 0);
        return none ? x : g.add(new MovementOp.Pad(PadMode.CONSTANT, before, after, 0), x);
    }

    /** Axis by axis: what padding took from the operand goes back to it. */
    private static Value unpad(GraphBuilder g, MovementOp.Pad op, Value dy, Shape x) {
        Value gradient = dy;
        for (int axis = 0; axis < x.rank(); axis++) {
            int before = op.before().get(axis);
            int after = op.after().get(axis);
            if (before > 0 || after > 0) {
                gradient = unpad(g, op.mode(), gradient, axis, before, after, x.size(axis));
            }
        }
        return gradient;
    }

    private static Value unpad(GraphBuilder g, PadMode mode, Value dy, int axis, int before, int after, int size) {
        Value gradient = g.slice(dy, axis, before, before + size);
        if (before > 0) {
            Value head = g.slice(dy, axis, 0, before);
            gradient = switch (mode) {
                case CONSTANT -> gradient;
                case REFLECT -> g.add(gradient, place(g, reverse(g, head, axis), axis, 1, size));
                case EDGE -> g.add(gradient, place(g, sum(g, head, axis), axis, 0, size));
                case WRAP -> g.add(gradient, place(g, head, axis, size - before, size));
            };
        }
        if (after > 0) {
            Value tail = g.slice(dy, axis, before + size, before + size + after);
            gradient = switch (mode) {
                case CONSTANT -> gradient;
                case REFLECT -> g.add(gradient, place(g, reverse(g, tail, axis), axis, size - 1 - after, size));
                case EDGE -> g.add(gradient, place(g, sum(g, tail, axis), axis, size - 1, size));
                case WRAP -> g.add(gradient, place(g, tail, axis, 0, size));
            };
        }
        return gradient;
    }

    private static Value reverse(GraphBuilder g, Value x, int axis) {
        return g.add(new MovementOp.Reverse(List.of(axis)), x);
    }

    private static Value sum(GraphBuilder g, Value x, int axis) {
        return g.reduce(ReduceFn.SUM, x, List.of(axis), true);
    }

    /** The value with zeros around it, from {@code start} in an axis of {@code size}. */
    private static Value place(GraphBuilder g, Value x, int axis, int start, int size) {
        List<Integer> before = new ArrayList<>(Collections.nCopies(x.shape().rank(), 0));
        List<Integer> after = new ArrayList<>(before);
        before.set(axis, start);
        after.set(axis, size - start - x.shape().size(axis));
        return zeroPad(g, x, before, after);
    }
}
