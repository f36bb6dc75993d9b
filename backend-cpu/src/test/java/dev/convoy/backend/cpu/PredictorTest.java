package dev.convoy.backend.cpu;

import static dev.convoy.layers.Activations.RELU;
import static dev.convoy.layers.Activations.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.data.Image;
import dev.convoy.data.Preprocessing;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Permute;
import dev.convoy.models.Model;
import dev.convoy.models.Prediction;
import dev.convoy.models.Predictor;
import dev.convoy.models.Sequential;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PredictorTest {

    private static final Model MODEL = Sequential.of(
            Input.of(13, 11, 3),
            Conv2D.of(17, 3).activation(RELU),
            BatchNormalization.of(),
            MaxPooling2D.of(2),
            Conv2D.of(9, 3, 2).strides(2),
            Flatten.of(),
            Dense.of(5).activation(SOFTMAX));

    private static Tensor images(int count, long seed) {
        SplitMix64 random = SplitMix64.of(seed);
        float[] values = new float[count * 13 * 11 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.gaussian(i);
        }
        return Tensor.of(values, count, 13, 11, 3);
    }

    @Test
    void givesAHundredThreadsTheBitsOfOne() throws Exception {
        List<Tensor> expected = new ArrayList<>();
        try (Predictor alone =
                Predictor.of(MODEL, "cpu", BackendOptions.defaults().withThreads(1))) {
            for (int i = 0; i < 100; i++) {
                expected.add(alone.predict(images(1 + i % 3, i)));
            }
        }
        try (Predictor shared = MODEL.predictor();
                ExecutorService threads = Executors.newFixedThreadPool(100)) {
            List<Callable<Tensor>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                calls.add(() -> shared.predict(images(1 + number % 3, number)));
            }
            List<Future<Tensor>> results = threads.invokeAll(calls);
            for (int i = 0; i < 100; i++) {
                assertEquals(expected.get(i), results.get(i).get(), "call " + i);
            }
        }
    }

    @Test
    void givesTheSameBitsForAnyNumberOfThreads() {
        Tensor input = images(7, 1);
        List<Tensor> outputs = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            try (Predictor predictor =
                    Predictor.of(MODEL, "cpu", BackendOptions.defaults().withThreads(threads))) {
                outputs.add(predictor.predict(input));
            }
        }
        assertEquals(outputs.get(0), outputs.get(1));
        assertEquals(outputs.get(0), outputs.get(2));
    }

    @Test
    void keepsWorkingWhenMoreBatchSizesComeThanItKeeps() {
        try (Predictor predictor = MODEL.predictor()) {
            Tensor first = predictor.predict(images(1, 0));
            for (int batch = 2; batch < 14; batch++) {
                assertEquals(
                        batch, predictor.predict(images(batch, batch)).shape().size(0));
            }
            assertEquals(first, predictor.predict(images(1, 0)));
        }
    }

    @Test
    void namesClassesAndRanksThem() {
        List<String> labels = List.of("a", "b", "c", "d", "e");
        try (Predictor predictor = MODEL.predictor(labels)) {
            Prediction prediction = predictor.classify(images(1, 5)).getFirst();
            assertEquals(labels.get(prediction.best().index()), prediction.label());
            double sum = prediction.ranking().stream()
                    .mapToDouble(s -> s.probability())
                    .sum();
            assertEquals(1, sum, 1e-6);
            assertEquals(3, prediction.top(3).size());
        }
    }

    /** The logits are the mean of red, of green and of blue, of a network that takes channels first. */
    @Test
    void turnsPicturesToTheOrderOfAxesThatTheModelTakes() {
        Model means = Sequential.of(Input.of(3, 2, 2), Permute.of(2, 3, 1), GlobalAveragePooling2D.of());
        Image image = Image.of(2, 2, 3, new byte[] {1, 20, 60, 2, 30, 70, 3, 40, 80, 6, 50, 90});
        Preprocessing preprocessing = Preprocessing.named("none").withSize(2, 2);
        try (Predictor predictor = means.predictor(List.of("red", "green", "blue"))) {
            assertEquals(
                    List.of("blue 75.0", "green 35.0", "red 3.0"),
                    predictor.predict(image, preprocessing).ranking().stream()
                            .map(scored -> scored.label() + " " + scored.probability())
                            .toList());
        }
        try (Predictor predictor = means.withPreprocessing(preprocessing).predictor()) {
            assertEquals(75, predictor.predict(image).probability());
        }
    }

    @Test
    void axesOfSizeOneMayStandBehindTheClasses() {
        Tensor output = Tensor.of(new float[] {0.25f, 0.75f}, 1, 2, 1, 1);
        assertEquals(0.75, Prediction.of(output, 0, List.of()).probability());
        assertThrows(IllegalArgumentException.class, () -> Prediction.of(output.reshape(1, 1, 2, 1), 0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> Prediction.of(output.reshape(2), 0, List.of()));
    }

    @Test
    void saysWhatDoesNotFit() {
        try (Predictor predictor = MODEL.predictor()) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> predictor.predict(Tensor.of(new float[13 * 11], 1, 13, 11, 1)));
            assertEquals(
                    "Input 'input' of model 'sequential' does not fit; expected float32[batch, 13, 11, 3], got"
                            + " float32[1, 13, 11, 1]",
                    e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> predictor.predict(Map.of()));
            assertThrows(IllegalArgumentException.class, () -> predictor.predict(Map.of("other", images(1, 0))));
        }
    }

    @Test
    void refusesABackendThatIsNotThere() {
        try (Predictor predictor = MODEL.predictor().on("cuda")) {
            BackendException e = assertThrows(BackendException.class, () -> predictor.predict(images(1, 0)));
            String start = "There is no backend 'cuda' on the class path. Providers found: cpu (available: ";
            assertEquals(start, String.valueOf(e.getMessage()).substring(0, start.length()));
        }
    }

    @Test
    void refusesToRunWhenClosed() {
        Predictor predictor = MODEL.predictor();
        predictor.predict(images(1, 0));
        predictor.close();
        assertThrows(IllegalStateException.class, () -> predictor.predict(images(1, 0)));
    }
}
