package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y_i = exp(x_i - max x) / Σ_j exp(x_j - max x)} along an axis (Keras 3 {@code softmax}, ONNX 13 Softmax).
 *
 * @param axis may be negative
 */
public record Softmax(int axis) implements CompositeOp {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = inputs.getFirst();
        Value shifted = g.binary(BinaryFn.SUB, x, g.reduce(ReduceFn.MAX, x, List.of(axis), true));
        Value exponentials = g.unary(UnaryFn.EXP, shifted);
        return List.of(g.div(exponentials, g.reduce(ReduceFn.SUM, exponentials, List.of(axis), true)));
    }
}
