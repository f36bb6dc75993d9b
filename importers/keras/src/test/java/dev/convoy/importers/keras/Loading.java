package dev.convoy.importers.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Predictor;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Short ways to load and run what a test wrote. */
final class Loading {

    private Loading() {}

    static Path file(Path dir, String name, byte[] bytes) {
        try {
            return Files.write(dir.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(Path dir, String name, String text) {
        return file(dir, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Model load(Path path) {
        return new KerasImporter().load(ModelSource.of(path), ImportOptions.defaults());
    }

    static ImportReport inspect(Path path) {
        return new KerasImporter().inspect(ModelSource.of(path), ImportOptions.defaults());
    }

    static Tensor predict(Model model, Tensor input) {
        try (Predictor predictor = model.predictor()) {
            return predictor.predict(input);
        }
    }

    /** Runs a model on one row of numbers and compares the numbers that come out. */
    static void assertPredicts(Model model, float[] input, float... expected) {
        Tensor output = predict(model, Tensor.of(input, 1, input.length));
        assertEquals(expected.length, output.size(), "elements of the output");
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], output.get(i), 1e-5 * Math.max(1, Math.abs(expected[i])), "element " + i);
        }
    }
}
