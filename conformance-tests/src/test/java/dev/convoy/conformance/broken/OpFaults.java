package dev.convoy.conformance.broken;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphRewriter;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.MovementOp.Reverse;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReductionOp.ArgReduce;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Mistakes in ops, as rules that write a channels-last graph wrongly. */
final class OpFaults {

    private OpFaults() {}

    /** What stands in the place of an op of one kind; null leaves it. */
    @FunctionalInterface
    private interface Replacement<T extends Op> {
        @Nullable
        List<Value> apply(GraphBuilder g, T op, List<Value> inputs);
    }

    private static <T extends Op> GraphRewriter.Rule replace(Class<T> kind, Replacement<T> replacement) {
        return (g, node, inputs) ->
                kind.isInstance(node.op()) ? replacement.apply(g, kind.cast(node.op()), inputs) : null;
    }

    /** A convolution where the definition is a cross-correlation. */
    static GraphRewriter.Rule flippedKernel() {
        return replace(Convolution.class, (g, op, in) -> {
            List<Integer> spatial =
                    IntStream.range(0, op.window().rank()).boxed().toList();
            return g.add(op, List.of(in.getFirst(), g.add(new Reverse(spatial), in.get(1))));
        });
    }

    static GraphRewriter.Rule ignoredDilation() {
        return replace(Convolution.class, (g, op, in) -> {
            Window window = op.window();
            List<Integer> ones = Collections.nCopies(window.rank(), 1);
            if (window.dilations().equals(ones)) {
                return null;
            }
            Shape right = g.add(op, in).getFirst().shape();
            Value y = g.add(new Convolution(window.withDilations(ones), op.groups(), op.layout()), in)
                    .getFirst();
            List<Integer> starts = Collections.nCopies(right.rank(), 0);
            List<Integer> ends = IntStream.of(right.sizes()).boxed().toList();
            return g.add(new Slice(starts, ends, Collections.nCopies(right.rank(), 1)), List.of(y));
        });
    }

    static GraphRewriter.Rule padsOnTheWrongSide() {
        return replace(Convolution.class, (g, op, in) -> {
            Window window =
                    op.window().withPads(op.window().padsEnd(), op.window().padsBegin());
            return g.add(new Convolution(window, op.groups(), op.layout()), in);
        });
    }

    /** Output channel o in group {@code o mod groups}. */
    static GraphRewriter.Rule interleavedGroups() {
        return replace(Convolution.class, (g, op, in) -> {
            Value kernel = in.get(1);
            int last = kernel.shape().rank() - 1;
            int outputs = kernel.shape().size(last);
            List<Integer> order = IntStream.range(0, outputs)
                    .boxed()
                    .sorted(Comparator.comparing((Integer o) -> o % op.groups()))
                    .toList();
            int[] back = IntStream.range(0, outputs).map(order::indexOf).toArray();
            Value shuffled =
                    gather(g, kernel, last, order.stream().mapToInt(o -> o).toArray());
            Value y = g.add(op, List.of(in.getFirst(), shuffled)).getFirst();
            return List.of(gather(g, y, last, back));
        });
    }

    private static Value gather(GraphBuilder g, Value x, int axis, int[] indices) {
        return g.add(new Gather(axis), x, g.constant(Tensor.of(indices, indices.length)));
    }

    static GraphRewriter.Rule integersAsFloats() {
        return (g, node, in) -> {
            boolean contracts = node.op() instanceof MatMul || node.op() instanceof Convolution;
            if (!contracts || in.getFirst().spec().type() != DataType.INT32) {
                return null;
            }
            List<Value> floats =
                    in.stream().map(v -> g.cast(v, DataType.FLOAT32)).toList();
            return List.of(g.cast(g.add(node.op(), floats).getFirst(), DataType.INT32));
        };
    }

    static GraphRewriter.Rule paddingCounted() {
        return replace(
                AvgPool.class,
                (g, op, in) ->
                        g.add(new AvgPool(op.window(), op.ceilMode(), true, op.divisorOverride(), op.layout()), in));
    }

    /** Of equal elements the last: positions from data that grows a little with each place. */
    static GraphRewriter.Rule lastOfEqualElements() {
        return replace(MaxPool.class, (g, op, in) -> {
            Value x = in.getFirst();
            if (x.spec().type() != DataType.FLOAT32) {
                return null;
            }
            Shape spatial = x.shape().slice(1, x.shape().rank() - 1);
            int places = Math.toIntExact(spatial.elements());
            Value positions = g.add(new Iota(DataType.FLOAT32, Shape.of(places), 0));
            Value growing = g.reshape(g.mul(positions, 1e-4), spatial.concat(Shape.of(1)));
            Value indices = g.add(op, List.of(g.add(x, growing))).get(1);
            return List.of(g.add(op, in).getFirst(), indices);
        });
    }

    static GraphRewriter.Rule argMaxTakesTheLast() {
        return replace(
                ArgReduce.class, (g, op, in) -> g.add(new ArgReduce(op.largest(), op.axis(), op.keepDims(), true), in));
    }

    static GraphRewriter.Rule reluSwallowsNaN() {
        return replace(Unary.class, (g, op, in) -> {
            Value x = in.getFirst();
            return op.fn() == UnaryFn.RELU
                    ? List.of(g.select(
                            g.compare(CompareFn.GT, x, 0),
                            x,
                            g.scalar(0, x.spec().type())))
                    : null;
        });
    }
}
