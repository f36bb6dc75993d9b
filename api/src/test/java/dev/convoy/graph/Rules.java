package dev.convoy.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** Short words for cases of shape inference. */
final class Rules {

    private Rules() {}

    static TensorSpec f(int... sizes) {
        return TensorSpec.float32(sizes);
    }

    static TensorSpec i(int... sizes) {
        return TensorSpec.of(DataType.INT32, sizes);
    }

    static TensorSpec l(int... sizes) {
        return TensorSpec.of(DataType.INT64, sizes);
    }

    static TensorSpec b(int... sizes) {
        return TensorSpec.of(DataType.BOOL, sizes);
    }

    static Shape shape(int... sizes) {
        return Shape.of(sizes);
    }

    /** A case: these operands give this result. */
    static Arguments gives(TensorSpec result, Op op, TensorSpec... operands) {
        return arguments(List.of(result), op, List.of(operands));
    }

    /** A case: these operands break this rule. */
    static Arguments breaks(String rule, Op op, TensorSpec... operands) {
        return arguments(rule, op, List.of(operands));
    }

    static void assertGives(List<TensorSpec> results, Op op, List<TensorSpec> operands) {
        assertEquals(results, ShapeInference.inferSpecs(op, operands, ""));
    }

    static void assertBreaks(String rule, Op op, List<TensorSpec> operands) {
        GraphException e = assertThrows(GraphException.class, () -> ShapeInference.inferSpecs(op, operands, "layer"));
        assertEquals(rule, e.rule(), e.getMessage());
    }
}
