package dev.convoy.importers.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.layers.Input;
import dev.convoy.models.InputSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares a model with what came back from the file that it was written to. */
public final class RoundTrip {

    private static final int ANY_SIZE = 64;

    private RoundTrip() {}

    /** The same inputs, outputs, layers with every setting, connections, frozen layers, graph, and bits of parameters. */
    public static void assertSame(Model expected, Model actual) {
        assertEquals(expected.inputs(), actual.inputs(), "inputs");
        assertEquals(expected.outputs(), actual.outputs(), "outputs");
        assertSameLayers(expected, actual, "");
        assertEquals(expected.frozen(), actual.frozen(), "frozen");
        assertEquals(
                List.copyOf(expected.parameters().names()),
                List.copyOf(actual.parameters().names()),
                "names of parameters");
        for (String name : expected.parameters().names()) {
            assertArrayEquals(
                    bits(expected.parameters().get(name).floats()),
                    bits(actual.parameters().get(name).floats()),
                    name);
        }
        Map<String, InputSpec> sizes = sizes(expected);
        assertEquals(
                expected.trace(sizes, Mode.INFERENCE).graph().toString(),
                actual.trace(sizes, Mode.INFERENCE).graph().toString());
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    private static void assertSameLayers(Model expected, Model actual, String path) {
        assertEquals(expected.getClass(), actual.getClass(), path);
        assertEquals(expected.results(), actual.results(), path + " results");
        assertEquals(expected.calls().size(), actual.calls().size(), path + " calls");
        for (int i = 0; i < expected.calls().size(); i++) {
            var wanted = expected.calls().get(i);
            var got = actual.calls().get(i);
            String name = path + "/" + wanted.node().name();
            assertEquals(wanted.node().name(), got.node().name(), path);
            assertEquals(wanted.inputs(), got.inputs(), name);
            assertEquals(wanted.outputs(), got.outputs(), name);
            if (wanted.node().layer() instanceof Model inner && got.node().layer() instanceof Model innerGot) {
                assertSameLayers(inner, innerGot, name);
            } else {
                assertEquals(wanted.node().layer(), got.node().layer(), name);
            }
        }
    }

    /** Some size for each free axis but the batch. */
    private static Map<String, InputSpec> sizes(Model model) {
        Map<String, InputSpec> specs = new HashMap<>();
        model.inputs().forEach((name, spec) -> {
            List<Dim> dims = spec.shape().dims().stream()
                    .map(d -> d.isKnown() || Input.BATCH.equals(d.name()) ? d : Dim.of(ANY_SIZE))
                    .toList();
            TensorSpec sized = spec.withShape(Shape.ofDims(dims));
            if (!sized.equals(spec)) {
                specs.put(name, InputSpec.of(sized));
            }
        });
        return specs;
    }
}
