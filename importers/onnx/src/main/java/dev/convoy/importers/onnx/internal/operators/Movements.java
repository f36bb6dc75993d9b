package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.layers.Input;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that move elements and change none; on tensors of any type. */
final class Movements {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Identity", s -> s.stored(0)),
            OnnxOperator.one("Reshape", Movements::reshape)
                    .inputs("data", "shape")
                    .known("shape"),
            OnnxOperator.one("Flatten", Movements::flatten),
            OnnxOperator.one("Squeeze", Movements::squeeze)
                    .inputs("data", "axes")
                    .known("axes"),
            OnnxOperator.one("Unsqueeze", Movements::unsqueeze)
                    .inputs("data", "axes")
                    .known("axes"),
            OnnxOperator.one("Transpose", Movements::transpose).inputs("data"),
            OnnxOperator.one("Concat", Movements::concat).inputs("inputs"),
            OnnxOperator.one("Slice", Movements::slice)
                    .inputs("data", "starts", "ends", "axes", "steps")
                    .known("starts", "ends", "axes", "steps"),
            OnnxOperator.one("Expand", Movements::expand)
                    .inputs("input", "shape")
                    .known("shape"));

    private Movements() {}

    private static Value reshape(NodeScope s) {
        Value x = s.stored(0);
        boolean keepsZero = s.flag("allowzero", false);
        List<Long> byAttribute = s.longs("shape", List.of());
        Known shape = s.has(1)
                ? s.known(1)
                : Known.of(Tensor.of(byAttribute.stream().mapToLong(v -> v).toArray(), byAttribute.size()));
        List<Dim> dims = new ArrayList<>();
        int open = -1;
        for (int i = 0; i < shape.size(); i++) {
            if (shape.isBatch(i)) {
                dims.add(Dim.named(Input.BATCH));
            } else if (shape.at(i) == -1) {
                open = i;
                dims.add(Dim.of(1));
            } else if (shape.at(i) == 0 && !keepsZero) {
                dims.add(x.shape().dim(i));
            } else {
                dims.add(Dim.of(Math.toIntExact(shape.at(i))));
            }
        }
        if (open >= 0) {
            dims.set(open, remaining(x.shape(), dims));
        }
        return s.graph().reshape(x, Shape.ofDims(dims));
    }

    /** What is left of a shape's elements for one more dimension beside others. */
    private static Dim remaining(Shape whole, List<Dim> others) {
        List<Dim> named =
                new ArrayList<>(whole.dims().stream().filter(d -> !d.isKnown()).toList());
        others.forEach(named::remove);
        long elements = elements(whole.dims());
        long taken = elements(others);
        if (named.isEmpty() && taken > 0 && elements % taken == 0) {
            return Dim.of(Math.toIntExact(elements / taken));
        }
        if (named.size() == 1 && elements == taken) {
            return named.getFirst();
        }
        if (named.isEmpty()) {
            return Dim.of(taken == 0 ? 0 : Math.toIntExact(elements / taken));
        }
        throw Known.needsBatch();
    }

    private static long elements(List<Dim> dims) {
        return dims.stream().filter(Dim::isKnown).mapToLong(Dim::size).reduce(1, Math::multiplyExact);
    }

    private static Value flatten(NodeScope s) {
        Value x = s.stored(0);
        int rank = x.shape().rank();
        int axis = s.number("axis", 1);
        int split = axis < 0 ? axis + rank : axis;
        Shape front = x.shape().slice(0, split);
        Shape back = x.shape().slice(split, rank);
        return s.graph().reshape(x, Shape.ofDims(List.of(product(front), product(back))));
    }

    private static Dim product(Shape shape) {
        List<Dim> dims = shape.dims().stream().filter(d -> !d.equals(Dim.of(1))).toList();
        if (dims.size() == 1) {
            return dims.getFirst();
        }
        if (!shape.isKnown()) {
            throw Known.needsBatch();
        }
        return Dim.of(Math.toIntExact(shape.elements()));
    }

    private static Value squeeze(NodeScope s) {
        Value x = s.stored(0);
        Shape shape = x.shape();
        List<Integer> axes = s.longs(1, "axes")
                .map(given ->
                        given.stream().map(a -> shape.axis(Math.toIntExact(a))).toList())
                .orElseGet(() -> IntStream.range(0, shape.rank())
                        .filter(i -> shape.dim(i).equals(Dim.of(1)))
                        .boxed()
                        .toList());
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(shape.dim(axis));
            }
        }
        return s.graph().reshape(x, Shape.ofDims(dims));
    }

    private static Value unsqueeze(NodeScope s) {
        Value x = s.stored(0);
        List<Long> axes = s.longs(1, "axes").orElse(List.of());
        int rank = x.shape().rank() + axes.size();
        List<Long> fromFront =
                axes.stream().map(a -> a < 0 ? a + rank : a).sorted().toList();
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        fromFront.forEach(axis -> dims.add(Math.toIntExact(axis), Dim.of(1)));
        return s.graph().reshape(x, Shape.ofDims(dims));
    }

    private static Value transpose(NodeScope s) {
        Value x = s.stored(0);
        List<Integer> reversed =
                IntStream.range(0, x.shape().rank()).boxed().toList().reversed();
        return s.graph().transpose(x, s.ints("perm", reversed));
    }

    private static Value concat(NodeScope s) {
        List<Value> values =
                IntStream.range(0, s.operands()).mapToObj(s::stored).toList();
        return s.graph().concat(values, s.number("axis", 1));
    }

    private static Value slice(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.stored(0);
        Shape shape = x.shape();
        List<Long> starts = s.longs(1, "starts").orElseThrow(() -> s.refuse("its starts are missing", ""));
        List<Long> ends = s.longs(2, "ends").orElseThrow(() -> s.refuse("its ends are missing", ""));
        List<Long> axes = s.longs(3, "axes")
                .orElseGet(() -> IntStream.range(0, starts.size())
                        .mapToObj(i -> (long) i)
                        .toList());
        List<Long> steps = s.has(4) ? s.known(4).longs() : Collections.nCopies(starts.size(), 1L);
        List<Integer> first = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
        List<Integer> last = new ArrayList<>(Collections.nCopies(shape.rank(), MovementOp.Slice.TO_END));
        List<Integer> every = new ArrayList<>(Collections.nCopies(shape.rank(), 1));
        List<Integer> turned = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            int axis = shape.axis(Math.toIntExact(axes.get(i)));
            long step = steps.get(i);
            if (!shape.dim(axis).isKnown()) {
                if (starts.get(i) == 0 && ends.get(i) >= Integer.MAX_VALUE && step == 1) {
                    continue;
                }
                throw Known.needsBatch();
            }
            int size = shape.size(axis);
            long start = fromFront(starts.get(i), size);
            long end = fromFront(ends.get(i), size);
            if (step < 0) {
                turned.add(axis);
                start = size - 1L - Math.clamp(start, -1, size - 1);
                end = size - 1L - Math.clamp(end, -1, size - 1);
            }
            first.set(axis, Math.clamp(start, 0, size));
            last.set(axis, Math.clamp(end, first.get(axis), size));
            every.set(axis, Math.toIntExact(Math.min(Math.abs(step), Integer.MAX_VALUE)));
        }
        Value forward = turned.isEmpty()
                ? x
                : g.add(new MovementOp.Reverse(turned.stream().sorted().toList()), x);
        return g.add(new MovementOp.Slice(first, last, every), forward);
    }

    private static long fromFront(long index, int size) {
        return index < 0 ? index + size : index;
    }

    /** Both shapes stretch: the result is what the operand and the given shape broadcast to. */
    private static Value expand(NodeScope s) {
        Value x = s.stored(0);
        List<Dim> given = s.known(1).dims();
        int rank = Math.max(given.size(), x.shape().rank());
        List<Dim> dims = new ArrayList<>();
        for (int axis = -rank; axis < 0; axis++) {
            Dim own = -axis <= x.shape().rank() ? x.shape().dim(axis) : Dim.of(1);
            Dim wanted = -axis <= given.size() ? given.get(given.size() + axis) : Dim.of(1);
            dims.add(wanted.equals(Dim.of(1)) ? own : wanted);
        }
        return s.graph().broadcast(x, Shape.ofDims(dims));
    }
}
