package dev.convoy.graph;

import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * States rules of one op or layer and throws what breaks them, always in the same form:
 * {@code Convolution in layer 'conv2d': <rule in words>; expected <…>, got <…> (<operands>). [convolution.C3]}.
 */
public final class Check {

    private final @Nullable Op op;
    private final String name;
    private final @Nullable String layer;
    private final @Nullable List<TensorSpec> operands;

    private Check(@Nullable Op op, String name, @Nullable String layer, @Nullable List<TensorSpec> operands) {
        this.op = op;
        this.name = name;
        this.layer = layer;
        this.operands = operands;
    }

    /** Checks on the attributes of an op, a window or a layer. */
    public static Check of(String name) {
        return new Check(null, name, null, null);
    }

    /** Checks on the operands of a composite, which the message shows; the builder names the layer. */
    public static Check of(CompositeOp op, List<Value> operands) {
        return of(op, null, Value.specs(operands));
    }

    /**
     * Checks on an op.
     *
     * @param operands the operands, which the message shows with the attributes; null to show neither
     */
    static Check of(Op op, @Nullable String layer, @Nullable List<TensorSpec> operands) {
        return new Check(op, op.name(), layer, operands);
    }

    /**
     * @param rule the label within the op, {@code C3} for example
     * @param words the rule in words
     * @throws GraphException if {@code holds} is false
     */
    public void that(boolean holds, String rule, String words, Object expected, Object got) {
        if (!holds) {
            throw broken(rule, words, expected, got);
        }
    }

    /** The exception that {@link #that} throws. */
    public GraphException broken(String rule, String words, Object expected, Object got) {
        String shown = op == null || operands == null ? "" : " (" + ShapeInference.describe(op, operands) + ")";
        String key = op == null ? Op.key(name) : op.key();
        return GraphException.of(
                name, layer, words + "; expected " + expected + ", got " + got + shown, key + "." + rule);
    }
}
