package dev.convoy.onnx.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Divisions that would end the process in native code. */
class IntegerDivisionTest {

    /** Java's {@code /} and {@code %}, but for the last element: a division by 0, whose result is unspecified. */
    @ParameterizedTest
    @EnumSource
    void theLeastIntegerByMinusOneAndAnythingByZeroReturn(Target target) {
        GraphBuilder g = new GraphBuilder();
        Value a = g.input("a", TensorSpec.of(DataType.INT32, 4));
        Value b = g.input("b", TensorSpec.of(DataType.INT32, 4));
        g.output("quotient", g.div(a, b));
        g.output("remainder", g.binary(BinaryFn.REM, a, b));
        g.output("modulo", g.binary(BinaryFn.MOD, a, b));
        Map<String, Tensor> results = Subject.run(
                new OrtBackend(target),
                g.build(),
                Map.of(
                        "a", Tensor.of(new int[] {Integer.MIN_VALUE, -7, 7, 5}, 4),
                        "b", Tensor.of(new int[] {-1, 2, -2, 0}, 4)));
        assertFirst(new int[] {Integer.MIN_VALUE, -3, -3}, results.get("quotient"));
        assertFirst(new int[] {0, -1, 1}, results.get("remainder"));
        assertFirst(new int[] {0, 1, -1}, results.get("modulo"));
    }

    private static void assertFirst(int[] expected, Tensor actual) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual.ints()[i], "element " + i);
        }
    }
}
