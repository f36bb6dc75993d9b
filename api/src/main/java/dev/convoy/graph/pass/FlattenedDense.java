package dev.convoy.graph.pass;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Op;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Flattened activations that wait for their user. {@code [n, c, h, w]} stored as {@code [n, h, w, c]} cannot be
 * reshaped to {@code [n, c·h·w]} as it is stored. If its user multiplies it with a constant matrix, the rows of that
 * matrix are permuted instead of the activation.
 */
final class FlattenedDense {

    /** A value that is to be flattened, with all axes in an order of which the first is axis 0. */
    private record Flattened(Value stored, List<Integer> order) {}

    private final GraphBuilder g;
    private final Map<Value, Flattened> waiting = new HashMap<>();

    FlattenedDense(GraphBuilder g) {
        this.g = g;
    }

    /** Whether a multiplication may take its first operand with permuted columns. */
    static boolean isFoldable(ContractionOp.MatMul op, Value a, Value b) {
        return !op.transposeA()
                && a.shape().rank() == 2
                && b.shape().rank() == 2
                && b.constant().isPresent();
    }

    /**
     * Lets the result of a Reshape wait, if it merges all axes but the first.
     *
     * @param stored the operand as it is stored, in {@code order}
     * @return whether it waits
     */
    boolean flatten(Value result, Value operand, Value stored, List<Integer> order) {
        Shape shape = operand.shape();
        boolean merges = result.shape().rank() == 2
                && result.shape().dim(0).equals(shape.dim(0))
                && shape.slice(1, shape.rank()).isKnown();
        if (merges && order.getFirst() == 0) {
            waiting.put(result, new Flattened(stored, order));
            return true;
        }
        return false;
    }

    boolean isWaiting(Value old) {
        return waiting.containsKey(old);
    }

    /** Lets the result of an op with one operand wait for the same as its operand. */
    void apply(Op op, Value operand, Value result) {
        Flattened flattened = flattened(operand);
        waiting.put(result, new Flattened(g.add(op, flattened.stored()), flattened.order()));
    }

    /** The flattened value, with its elements in their places. */
    Value plain(Value old) {
        Flattened flattened = flattened(old);
        Value restored = g.transpose(flattened.stored(), Orders.inverse(flattened.order()));
        return g.reshape(restored, old.shape());
    }

    /** The multiplication of a waiting value with a constant matrix, whose rows are permuted. */
    Value multiply(ContractionOp.MatMul op, Value a, Value matrix) {
        Flattened flattened = flattened(a);
        List<Integer> order = flattened.order();
        Shape stored = flattened.stored().shape();
        int columns = op.transposeB() ? 0 : 1;
        Shape outer = matrix.shape().slice(columns, columns + 1);
        Shape inner = stored.permute(Orders.inverse(order)).slice(1, order.size());
        List<Integer> rows = order.subList(1, order.size());
        Value permuted = op.transposeB()
                ? g.transpose(g.reshape(matrix, outer.concat(inner)), order)
                : g.transpose(
                        g.reshape(matrix, inner.concat(outer)),
                        Stream.concat(rows.stream().map(axis -> axis - 1), Stream.of(rows.size()))
                                .toList());
        Shape flat = Shape.ofDims(List.of(stored.dim(0), a.shape().dim(1)));
        return g.add(op, g.reshape(flattened.stored(), flat), g.reshape(permuted, matrix.shape()));
    }

    private Flattened flattened(Value old) {
        @Nullable Flattened flattened = waiting.get(old);
        if (flattened == null) {
            throw new IllegalStateException(old + " does not wait");
        }
        return flattened;
    }
}
