package dev.convoy.graph.pass;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what does nothing: ops that give back their operand, a Cast to a wider real type and back, a Reshape of a Reshape, a Transpose of a Transpose, a
 * Reverse of the same Reverse; and writes a Transpose that only moves axes of size 1 as a Reshape, which costs nothing.
 * Every replacement gives the same bits.
 */
final class Simplification {

    private Simplification() {}

    /** The same graph if there is nothing to remove. */
    static Graph simplify(Graph graph) {
        return Rewrites.apply(graph, Simplification::simplify);
    }

    private static @Nullable List<Value> simplify(GraphBuilder g, Node node, List<Value> inputs) {
        Value result = switch (node.op()) {
            case MovementOp movement -> movement(g, movement, inputs, node.output());
            case ReductionOp.Reduce reduce when reduce.axes().isEmpty() -> inputs.getFirst();
            case ElementwiseOp.Cast(DataType to) -> cast(inputs.getFirst(), to);
            case ElementwiseOp.Binary(BinaryFn fn) -> neutral(fn, inputs, node.output());
            case ElementwiseOp _, ReductionOp _, ContractionOp _, SpatialOp _ -> null;
            case IndexingOp _, ControlOp _, CompositeOp _ -> null;
        };
        return result == null ? null : List.of(result);
    }

    /** Nothing to the same type; there and back from a type that the wider one holds. */
    private static @Nullable Value cast(Value x, DataType to) {
        if (x.spec().type() == to) {
            return x;
        }
        return x.producer()
                .filter(before -> before.op() instanceof ElementwiseOp.Cast)
                .map(before -> before.input(0))
                .filter(source -> source.spec().type() == to && holds(x.spec().type(), to))
                .orElse(null);
    }

    /** Whether every number of a real type is one of a wider real type. */
    private static boolean holds(DataType wider, DataType type) {
        return switch (wider) {
            case FLOAT64 -> type == DataType.FLOAT32 || type == DataType.FLOAT16 || type == DataType.BFLOAT16;
            case FLOAT32 -> type == DataType.FLOAT16 || type == DataType.BFLOAT16;
            default -> false;
        };
    }

    private static @Nullable Value movement(GraphBuilder g, MovementOp op, List<Value> inputs, Value result) {
        Value x = inputs.getFirst();
        boolean sameShape = x.shape().equals(result.shape());
        @Nullable Node before = x.producer().orElse(null);
        return switch (op) {
            case MovementOp.Reshape(Shape target) -> {
                if (before != null && before.op() instanceof MovementOp.Reshape) {
                    yield g.reshape(before.input(0), target);
                }
                yield sameShape ? x : null;
            }
            case MovementOp.Transpose(List<Integer> order) -> {
                if (before != null && before.op() instanceof MovementOp.Transpose(List<Integer> first)) {
                    yield g.transpose(
                            before.input(0), order.stream().map(first::get).toList());
                }
                yield Orders.isIdentity(order)
                        ? x
                        : Orders.isReshape(x.shape(), order) ? g.reshape(x, result.shape()) : null;
            }
            case MovementOp.Reverse(List<Integer> axes) -> {
                if (before != null && before.op().equals(op)) {
                    yield before.input(0);
                }
                yield axes.isEmpty() ? x : null;
            }
            case MovementOp.Slice slice -> {
                boolean stepsOne = slice.steps().stream().allMatch(step -> step == 1);
                yield sameShape && stepsOne ? x : null;
            }
            case MovementOp.Broadcast _, MovementOp.Pad _ -> sameShape ? x : null;
            case MovementOp.Concat _ -> inputs.size() == 1 ? x : null;
        };
    }

    /** x from x · 1, x / 1, x - 0, and integer x + 0; real x + 0 would turn -0 into 0. */
    private static @Nullable Value neutral(BinaryFn fn, List<Value> inputs, Value result) {
        boolean real = result.spec().type().isReal();
        return switch (fn) {
            case MUL -> either(inputs, 1, result);
            case ADD -> real ? null : either(inputs, 0, result);
            case DIV -> kept(inputs.getFirst(), inputs.get(1), 1, result);
            case SUB -> kept(inputs.getFirst(), inputs.get(1), 0, result);
            case POW, MAX, MIN, MOD, REM, AND, OR, XOR -> null;
        };
    }

    private static @Nullable Value either(List<Value> inputs, double neutral, Value result) {
        Value first = kept(inputs.getFirst(), inputs.get(1), neutral, result);
        return first != null ? first : kept(inputs.get(1), inputs.getFirst(), neutral, result);
    }

    private static @Nullable Value kept(Value x, Value constant, double neutral, Value result) {
        return x.shape().equals(result.shape())
                        && constant.constant()
                                .filter(tensor -> isFull(tensor, neutral))
                                .isPresent()
                ? x
                : null;
    }

    private static boolean isFull(Tensor tensor, double value) {
        return IntStream.range(0, tensor.size())
                .allMatch(i -> Double.doubleToRawLongBits(tensor.get(i)) == Double.doubleToRawLongBits(value));
    }
}
