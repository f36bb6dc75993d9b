package dev.convoy.conformance.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.conformance.reference.ReferenceInterpreter.Results;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;

/** Runs two graphs on the same random numbers in the reference interpreter and compares all that comes out. */
final class Equivalence {

    private Equivalence() {}

    /**
     * @param tolerance relative to the larger of 1 and the expected number; constants computed by a pass are rounded to
     *     float32, all else runs in double precision
     */
    static void assertSame(Graph expected, Graph actual, double tolerance) {
        Map<String, Tensor> inputs = random(expected.inputs(), 1);
        Parameters parameters = Parameters.of(random(expected.parameters(), 2));
        Results wanted = ReferenceInterpreter.run(expected, inputs, parameters);
        Results got = ReferenceInterpreter.run(actual, inputs, parameters);
        assertClose(wanted.outputs(), got.outputs(), tolerance);
        assertClose(wanted.updates(), got.updates(), tolerance);
    }

    private static Map<String, Tensor> random(SequencedMap<String, Value> values, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new HashMap<>();
        values.forEach((name, value) -> tensors.put(name, random(value.spec(), random)));
        return tensors;
    }

    private static Tensor random(TensorSpec spec, Random random) {
        if (spec.type() != DataType.FLOAT32) {
            return Tensor.zeros(spec);
        }
        float[] numbers = new float[Math.toIntExact(spec.shape().elements())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat(-1, 1);
        }
        return Tensor.wrap(spec, numbers);
    }

    private static void assertClose(
            SequencedMap<String, Tensor> expected, SequencedMap<String, Tensor> actual, double tolerance) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, wanted) -> {
            Tensor got = Objects.requireNonNull(actual.get(name));
            assertEquals(wanted.spec(), got.spec(), name);
            for (int i = 0; i < wanted.size(); i++) {
                double bound = tolerance * Math.max(1, Math.abs(wanted.get(i)));
                assertEquals(wanted.get(i), got.get(i), bound, name + " at " + i);
            }
        });
    }
}
