package dev.convoy.graph.composite;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x > threshold ? x : value}; NaN stays NaN (Keras 3 {@code threshold}, PyTorch Threshold; with value 0
 * the ONNX 22 ThresholdedRelu, default threshold 1).
 *
 * <ul>
 *   <li>C1: one real operand.
 * </ul>
 */
public record Threshold(double threshold, double value) implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        Value otherwise = g.scalar(value, x.spec().type());
        return List.of(g.select(g.compare(CompareFn.LE, x, threshold), otherwise, x));
    }
}
