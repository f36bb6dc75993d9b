package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import java.util.List;

/**
 * {@code y = min(max(x, min), max)}; an infinite bound is none. NaN stays NaN (ONNX 13 Clip, Keras 3 {@code relu6} and
 * {@code hard_tanh}).
 *
 * <ul>
 *   <li>C1: one operand, real or integer.
 *   <li>C2: min is at most max, and neither is NaN.
 * </ul>
 */
public record Clip(double min, double max) implements ElementwiseComposite {

    /** {@code min(max(x, 0), 6)}. */
    public static final Clip RELU6 = new Clip(0, 6);

    public Clip {
        Check.of("Clip").that(min <= max, "C2", "min is at most max", "<= " + max, min);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 1, 1);
        Value x = inputs.getFirst();
        DataType type = x.spec().type();
        check.that(type.isReal() || type.isInteger(), "C1", "the operand is a number", "a real or integer type", type);
        Value raised = min == Double.NEGATIVE_INFINITY ? x : g.binary(BinaryFn.MAX, x, min);
        return List.of(max == Double.POSITIVE_INFINITY ? raised : g.binary(BinaryFn.MIN, raised, max));
    }
}
