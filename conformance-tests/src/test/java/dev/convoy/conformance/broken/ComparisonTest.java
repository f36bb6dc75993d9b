package dev.convoy.conformance.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.reference.ReferenceProvider;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.ReLU;
import dev.convoy.models.Comparison;
import dev.convoy.models.LayerDifference;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.models.RandomInputs;
import dev.convoy.models.Sequential;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A backend that flips kernels differs from the first convolution on whose kernel is larger than one. */
class ComparisonTest {

    private static final Model MODEL = Sequential.of(
                    "small",
                    Input.of(5, 5, 2),
                    List.of(
                            Conv2D.of(3, 1),
                            Dropout.of(0.5),
                            ReLU.of(),
                            Sequential.of("block", Input.of(5, 5, 3), List.of(Conv2D.of(2, 3))),
                            Flatten.of(),
                            Dense.of(4)))
            .initialized(3);

    private static final Map<String, Tensor> INPUTS = RandomInputs.of(MODEL, 2, 7);

    private static Backend reference() {
        return new ReferenceProvider().create(BackendOptions.defaults());
    }

    private static Backend flipping() {
        return Fault.ofOps("flipping", OpFaults.flippedKernel()).create(BackendOptions.defaults());
    }

    @Test
    void namesTheFirstLayerThatDiverges() {
        try (Backend right = reference();
                Backend wrong = flipping()) {
            Comparison comparison = Comparison.of(MODEL, INPUTS, right, wrong);
            assertEquals(
                    List.of("conv2d", "re_lu", "block/conv2d", "flatten", "dense"),
                    comparison.layers().stream().map(LayerDifference::name).toList());
            assertEquals(0, comparison.layers().get(0).largest());
            assertEquals(0, comparison.layers().get(1).largest());
            LayerDifference first = comparison.firstBeyond(Comparison.TOLERANCE).orElseThrow();
            assertEquals("block/conv2d", first.name());
            assertEquals(TensorSpec.float32(2, 3, 3, 2), first.spec());
            assertEquals(1, comparison.outputs().size());
            assertTrue(comparison.outputs().getFirst().largest() > 0);
        }
    }

    @Test
    void aBackendAgreesWithItself() {
        try (Backend one = reference();
                Backend two = reference()) {
            assertTrue(Comparison.of(MODEL, INPUTS, one, two).firstBeyond(0).isEmpty());
        }
    }

    @Test
    void checksAgainstRecordedOutputs() {
        try (Backend right = reference();
                Backend wrong = flipping();
                Predictor predictor = Predictor.of(MODEL, right)) {
            Map<String, Tensor> recorded = predictor.predict(INPUTS);
            assertTrue(Comparison.withRecorded(MODEL, INPUTS, recorded, right)
                    .firstBeyond(0)
                    .isEmpty());
            Comparison comparison = Comparison.withRecorded(MODEL, INPUTS, recorded, wrong);
            assertEquals(List.of(), comparison.layers());
            assertTrue(comparison.firstBeyond(Comparison.TOLERANCE).isPresent());
        }
    }

    @Test
    void inputsThatDoNotFitAreNamed() {
        try (Backend one = reference();
                Backend two = reference()) {
            String name = MODEL.inputs().firstEntry().getKey();
            Map<String, Tensor> wrong = Map.of(name, Tensor.zeros(TensorSpec.float32(2, 5, 5, 3)));
            String message = assertThrows(IllegalArgumentException.class, () -> Comparison.of(MODEL, wrong, one, two))
                    .getMessage();
            assertTrue(message.contains("'" + name + "'") && message.contains("[2, 5, 5, 3]"), message);
        }
    }

    @Test
    void nanAndInfinityAreFarFromNumbers() {
        Tensor expected = Tensor.of(new float[] {Float.NaN, Float.POSITIVE_INFINITY, -8, 1}, 4);
        assertEquals(0, LayerDifference.of("y", expected, expected).largest());
        assertEquals(8, LayerDifference.of("y", expected, expected).magnitude());
        for (int i = 0; i < 2; i++) {
            float[] values = expected.floats().clone();
            values[i] = 0;
            LayerDifference difference = LayerDifference.of("y", expected, Tensor.of(values, 4));
            assertEquals(Double.POSITIVE_INFINITY, difference.largest());
            assertEquals(i, difference.index());
        }
        LayerDifference small = LayerDifference.of(
                "y", expected, Tensor.of(new float[] {Float.NaN, Float.POSITIVE_INFINITY, -8.5f, 1}, 4));
        assertTrue(small.within(0.0625), "0.5 is a sixteenth of 8");
        assertTrue(!small.within(0.06));
    }
}
