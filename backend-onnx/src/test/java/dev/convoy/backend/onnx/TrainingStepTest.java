package dev.convoy.backend.onnx;

import static dev.convoy.layers.Activations.RELU;
import static dev.convoy.layers.Activations.SOFTMAX;
import static dev.convoy.layers.Padding.SAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.backend.cpu.CpuBackendProvider;
import dev.convoy.data.Dataset;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.models.Model;
import dev.convoy.models.RandomInputs;
import dev.convoy.models.Sequential;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Losses;
import dev.convoy.training.Trainer;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** One step of training from each of 20 states of a network for 28x28 pictures: the same on ONNX Runtime and the CPU. */
class TrainingStepTest {

    private static final int STATES = 20;
    private static final int BATCH = 32;
    private static final double LARGEST = 1e-5;

    @Test
    void stepsFromTwentyStatesAgree() {
        Availability availability = new OrtBackendProvider().availability();
        Assumptions.assumeTrue(availability instanceof Availability.Available, availability::toString);
        Model state = Sequential.of(
                        "fashion",
                        Input.of(28, 28, 1),
                        List.of(
                                Conv2D.of(16, 3).padding(SAME).activation(RELU),
                                MaxPooling2D.of(2),
                                Flatten.of(),
                                Dense.of(128).activation(RELU),
                                Dense.of(10).activation(SOFTMAX)))
                .initialized(1);
        try (Backend cpu = new CpuBackendProvider().create(BackendOptions.defaults());
                Backend onnx = new OrtBackendProvider().create(BackendOptions.defaults())) {
            for (int i = 0; i < STATES; i++) {
                Dataset batch = batch(state, i);
                Model expected = step(state, batch, cpu);
                Model actual = step(state, batch, onnx);
                double moved = largestDifference(state.parameters(), expected.parameters());
                assertTrue(moved > 1e-4, "step " + i + " moved the weights by " + moved);
                assertEquals(0, largestDifference(expected.parameters(), actual.parameters()), LARGEST, "step " + i);
                state = expected;
            }
        }
    }

    private static Model step(Model model, Dataset batch, Backend backend) {
        return Trainer.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .epochs(1)
                .batchSize(BATCH)
                .shuffle(false)
                .on(backend)
                .fit(batch)
                .model();
    }

    private static Dataset batch(Model model, int seed) {
        Tensor pictures = RandomInputs.of(model, BATCH, seed).firstEntry().getValue();
        SplitMix64 random = SplitMix64.of(seed).stream("classes");
        int[] classes = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            classes[i] = (int) (random.uniform(i) * 10);
        }
        return Dataset.of(pictures, Tensor.of(classes, BATCH));
    }

    private static double largestDifference(Parameters expected, Parameters actual) {
        double largest = 0;
        for (String name : expected.names()) {
            float[] a = expected.get(name).floats();
            float[] b = actual.get(name).floats();
            for (int i = 0; i < a.length; i++) {
                largest = Math.max(largest, Math.abs(a[i] - b[i]));
            }
        }
        return largest;
    }
}
