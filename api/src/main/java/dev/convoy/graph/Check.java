package dev.convoy.graph;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * States rules of one op or layer and throws what breaks them, always in the same form:
 * {@code Convolution in layer 'conv2d': <rule in words>; expected <…>, got <…> (<operands>). [convolution.C3]}.
 */
public final class Check {

    private final String op;
    private final @Nullable String layer;
    private final String key;
    private final String operands;

    private Check(String op, @Nullable String layer, String key, String operands) {
        this.op = op;
        this.layer = layer;
        this.key = key;
        this.operands = operands;
    }

    /** Checks on the attributes of an op, a window or a layer. */
    public static Check of(String name) {
        return new Check(
                name, null, name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT), "");
    }

    /** Checks on the operands of a composite, which the message shows; the builder names the layer. */
    public static Check of(CompositeOp op, List<Value> operands) {
        return of(
                op,
                null,
                ShapeInference.describe(op, operands.stream().map(Value::spec).toList()));
    }

    /**
     * Checks on the operands of an op.
     *
     * @param operands the operands and attributes as the message shows them, or an empty string
     */
    static Check of(Op op, @Nullable String layer, String operands) {
        return new Check(op.name(), layer, op.key(), operands);
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
        String shown = operands.isEmpty() ? "" : " (" + operands + ")";
        return GraphException.of(
                op, layer, words + "; expected " + expected + ", got " + got + shown, key + "." + rule);
    }
}
