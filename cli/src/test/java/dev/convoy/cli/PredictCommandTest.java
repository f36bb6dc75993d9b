package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model is a brightness classifier: p(light) = 1 / (1 + exp(4 - 8m)). */
class PredictCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path model;

    @BeforeEach
    void model() throws IOException {
        model = Cli.model(folder, "brightness");
    }

    private Path labels(String text) throws IOException {
        return Files.writeString(folder.resolve("labels"), text);
    }

    @Test
    void printsTheClassesOfEachImage() throws IOException {
        Path white = Cli.picture(folder, "white.png", 255);
        Path grey = Cli.picture(folder, "grey.png", 51);
        Path labels = labels("0 dark\n1 light\n");
        // m is 1 and 0.2 for preprocessing 'unit'
        assertEquals(
                new Cli.Result(
                        0,
                        white + "\n   98.20 %  light\n    1.80 %  dark\n" + grey
                                + "\n   91.68 %  dark\n    8.32 %  light\n",
                        ""),
                Cli.run(
                        "predict",
                        model,
                        white,
                        grey,
                        "--labels",
                        labels,
                        "--preprocess",
                        "unit",
                        "--backend",
                        "reference"));
    }

    @Test
    void topLimitsTheClassesAndTfScalesToMinusOne() throws IOException {
        Path black = Cli.picture(folder, "black.png", 0);
        // m is -1: p(light) = 1 / (1 + exp(12))
        assertEquals(
                new Cli.Result(0, black + "\n  100.00 %  0\n", ""),
                Cli.run("predict", model, black, "--top", "1", "--preprocess", "tf", "--backend", "reference"));
    }

    @Test
    void guessedPreprocessingIsSaid() throws IOException {
        Path white = Cli.picture(folder, "white.png", 255);
        Cli.Result result = Cli.run("predict", model, white, "--backend", "reference");
        assertEquals(0, result.status());
        assertEquals("convoy: images are prepared by 'unit', a guess; --preprocess names another\n", result.err());
    }

    @Test
    void oneBrokenImageDoesNotHideTheOthers() throws IOException {
        Path white = Cli.picture(folder, "white.png", 255);
        Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
        Cli.Result result =
                Cli.run("predict", model, broken, "gone.png", white, "--preprocess", "unit", "--backend", "reference");
        assertEquals(2, result.status());
        assertEquals(white + "\n   98.20 %  1\n    1.80 %  0\n", result.out());
        assertEquals(
                "convoy: " + broken
                        + ": this is no image format known; PNG, JPEG, GIF and BMP are read. Remedy: convert it to PNG"
                        + " or JPEG\n"
                        + "convoy: there is no file or folder 'gone.png'. Remedy: check the path\n",
                result.err());
    }

    @Test
    void unknownPreprocessingListsAll() throws IOException {
        Path white = Cli.picture(folder, "white.png", 255);
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: There is no preprocessing 'imagenet'. Remedy: take one of teachable-machine, tf,"
                                + " caffe, torch, unit, dataset, none\n"),
                Cli.run("predict", model, white, "--preprocess", "imagenet"));
    }

    @Test
    void theNumberOfLabelsMustFit() throws IOException {
        Path white = Cli.picture(folder, "white.png", 255);
        Path labels = labels("a\nb\nc\n");
        Cli.Result result =
                Cli.run("predict", model, white, "--labels", labels, "--preprocess", "unit", "--backend", "reference");
        assertEquals(2, result.status());
        assertEquals(
                "convoy: The model tells 2 classes apart, there are 3 labels. Remedy: give one label for each class,"
                        + " in order\n",
                result.err());
    }

    @Test
    void missingBackendsListWhatThereIs() throws IOException {
        Path white = Cli.picture(folder, "white.png", 255);
        Cli.Result result = Cli.run("predict", model, white, "--preprocess", "unit", "--backend", "quantum");
        assertEquals(2, result.status());
        assertTrue(
                result.err().startsWith("convoy: There is no backend 'quantum' on the class path. Providers found: "),
                result.err());
        assertTrue(
                result.err().contains("absent (unavailable: libabsent.so not found. Remedy: install it)"),
                result.err());
    }

    @Test
    void unusableBackendsSayWhy() throws IOException {
        Path white = Cli.picture(folder, "white.png", 255);
        Cli.Result result = Cli.run("predict", model, white, "--preprocess", "unit", "--backend", "absent");
        assertEquals(2, result.status());
        assertTrue(
                result.err()
                        .startsWith(
                                "convoy: Backend 'absent' is not usable: libabsent.so not found. Remedy: install it."),
                result.err());
    }

    @Test
    void modelsWithTwoInputsTakeNoImages() throws IOException {
        Path white = Cli.picture(folder, "white.png", 255);
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: Model 'two' has 2 inputs, predict works on models with one. Remedy: use 'convoy"
                                + " run'\n"),
                Cli.run("predict", Cli.model(folder, "two"), white));
    }

    @Test
    void topIsPositive() throws IOException {
        assertEquals(
                new Cli.Result(2, "", "convoy: --top is at least 1, got 0\n"),
                Cli.run("predict", model, "x.png", "--top", "0"));
    }
}
