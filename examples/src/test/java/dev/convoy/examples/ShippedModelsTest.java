package dev.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.data.Image;
import dev.convoy.data.Mnist;
import dev.convoy.examples.pictures.Digits;
import dev.convoy.examples.pictures.DrawnPictures;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Evaluator;
import dev.convoy.training.Losses;
import dev.convoy.training.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code examples/models}: they know the drawn pictures, which no training has seen. */
class ShippedModelsTest {

    private static final Path FOLDER = Path.of(System.getProperty("convoy.root", ".."), "examples", "models");
    private static final long MEGABYTES = 1_000_000;

    private static Model load(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        assertTrue(Files.size(file) <= 2 * MEGABYTES, name);
        return Models.load(file);
    }

    /** The files that are taken for something else, with what for. */
    private static List<String> mistakes(Model model, List<String> files, List<String> labels) throws IOException {
        List<String> mistakes = new ArrayList<>();
        try (Predictor predictor = model.predictor().on("cpu")) {
            for (int i = 0; i < files.size(); i++) {
                Image picture = Image.read(FOLDER.resolve("pictures").resolve(files.get(i)));
                String label = predictor.predict(picture).label();
                if (!label.equals(labels.get(i))) {
                    mistakes.add(files.get(i) + ": " + label);
                }
            }
        }
        return mistakes;
    }

    @Test
    void fashionMnistKnowsDrawnClothes() throws IOException {
        Model model = load("fashion-mnist.keras");
        assertEquals(FashionMnistNetwork.LABELS, model.labels());
        List<String> files = model.labels().stream().map(DrawnPictures::file).toList();
        List<String> mistakes = mistakes(model, files, model.labels());
        assertTrue(mistakes.size() <= 1, mistakes::toString);
    }

    @Test
    void lenetKnowsDrawnDigits() throws IOException {
        Model model = load("lenet.keras");
        for (Digits font : Digits.values()) {
            List<String> files = IntStream.range(0, 10)
                    .mapToObj(digit -> DrawnPictures.file(digit, font))
                    .toList();
            List<String> mistakes = mistakes(model, files, model.labels());
            assertTrue(mistakes.size() <= 1, mistakes::toString);
        }
    }

    @Test
    void savedAndLoadedTheyComputeTheSameBits(@TempDir Path folder) throws IOException {
        for (String name : List.of("fashion-mnist.keras", "lenet.keras")) {
            Model model = load(name);
            model.save(folder.resolve(name));
            Model again = Models.load(folder.resolve(name));
            assertEquals(model.labels(), again.labels());
            assertEquals(model.preprocessing(), again.preprocessing());
            Tensor pictures = model.preprocessing()
                    .orElseThrow()
                    .apply(List.copyOf(DrawnPictures.all().values()));
            try (Predictor before = model.predictor().on("cpu");
                    Predictor after = again.predictor().on("cpu")) {
                assertArrayEquals(
                        before.predict(pictures).floats(),
                        after.predict(pictures).floats());
            }
        }
    }

    /** The accuracies that {@code examples/models/README.md} states. */
    @Test
    void theyAreAsGoodAsTheirPageSays() throws IOException {
        assertAccuracy("fashion-mnist.keras", "fashion-mnist", 0.90);
        assertAccuracy("lenet.keras", "mnist", 0.985);
    }

    private static void assertAccuracy(String name, String data, double least) throws IOException {
        Matcher stated = Pattern.compile("\\| `" + name + "` \\|.*\\| ([0-9.]+) % \\|")
                .matcher(Files.readString(FOLDER.resolve("README.md")));
        assertTrue(stated.find(), name);
        double accuracy = accuracy(load(name), data);
        assertEquals(Double.parseDouble(stated.group(1)), 100 * accuracy, 0.02, name);
        assertTrue(accuracy >= least, name + ": " + accuracy);
    }

    private static double accuracy(Model model, String data) throws IOException {
        Dataset test = Mnist.test(TestData.folder(data));
        return Evaluator.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(Metrics.ACCURACY)
                .batchSize(500)
                .on("cpu")
                .evaluate(test)
                .values()
                .get("accuracy");
    }
}
