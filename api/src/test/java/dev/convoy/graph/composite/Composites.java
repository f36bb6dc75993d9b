package dev.convoy.graph.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.graph.pass.Passes;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Computes composites on constants: their decompositions fold to the result. */
final class Composites {

    private Composites() {}

    static List<Tensor> compute(CompositeOp op, Tensor... operands) {
        GraphBuilder g = new GraphBuilder();
        List<Value> values = Arrays.stream(operands).map(g::constant).toList();
        List<Value> results = g.add(op, values);
        for (int i = 0; i < results.size(); i++) {
            g.output("y" + i, results.get(i));
        }
        return Passes.prepare(g.build(), Layout.CHANNELS_LAST, composite -> false).outputs().values().stream()
                .map(value -> value.constant().orElseThrow())
                .toList();
    }

    /** Within 1e-6 relative, and exactly where zero, infinity or NaN is expected. */
    static void assertNear(double[] expected, Tensor actual) {
        assertNear(expected, actual, 0);
    }

    /** The same with an absolute error allowed, where an operand larger than the result is subtracted. */
    static void assertNear(double[] expected, Tensor actual, double absolute) {
        assertEquals(expected.length, actual.size());
        for (int i = 0; i < expected.length; i++) {
            double bound = Math.max(absolute, 1e-6 * Math.abs(expected[i]));
            if (bound > 0 && bound < Double.POSITIVE_INFINITY) {
                assertEquals(expected[i], actual.get(i), bound, "element " + i);
            } else {
                assertEquals(expected[i] + 0.0, actual.get(i) + 0.0, "element " + i);
            }
        }
    }
}
