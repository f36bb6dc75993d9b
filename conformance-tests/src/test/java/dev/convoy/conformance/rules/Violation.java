package dev.convoy.conformance.rules;

import dev.convoy.graph.Op;
import dev.convoy.graph.ShapeInference;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Something that breaks a rule.
 *
 * @param rule the label, {@code convolution.C3} for example
 * @param words what is wrong
 * @param attempt throws the exception
 */
record Violation(String rule, String words, Attempt attempt) {

    /** What has to be refused. */
    @FunctionalInterface
    interface Attempt {
        Object make();
    }

    /** The layer that the violations of operands are said to be in. */
    static final String LAYER = "block1/layer";

    /** An op on operands that it cannot have. */
    static Violation of(String rule, String words, Op op, TensorSpec... operands) {
        return new Violation(
                op.key() + "." + rule, words, () -> ShapeInference.inferSpecs(op, List.of(operands), LAYER));
    }

    /** Attributes that no op can have. */
    static Violation of(String label, String words, Attempt attributes) {
        return new Violation(label, words, attributes);
    }

    static TensorSpec f32(int... sizes) {
        return TensorSpec.float32(sizes);
    }

    static TensorSpec i32(int... sizes) {
        return TensorSpec.of(DataType.INT32, sizes);
    }

    static TensorSpec i64(int... sizes) {
        return TensorSpec.of(DataType.INT64, sizes);
    }

    static TensorSpec bool(int... sizes) {
        return TensorSpec.of(DataType.BOOL, sizes);
    }

    static TensorSpec u8(int... sizes) {
        return TensorSpec.of(DataType.UINT8, sizes);
    }

    @Override
    public String toString() {
        return rule + "/" + words;
    }
}
