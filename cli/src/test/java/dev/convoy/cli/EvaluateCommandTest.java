package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The model is a brightness classifier, p(light) = 1 / (1 + exp(4 - 8m)). Of three pictures a dark one, m = 0.2, and a light
 * one, m = 1, are where they belong, and another light one is among the dark: the losses are ln(1 + exp(-2.4)),
 * ln(1 + exp(-4)) and ln(1 + exp(4)), their mean 1.374379.
 */
class EvaluateCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path model;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeEach
    void files() throws IOException {
        model = Cli.model(folder, "brightness");
        data = folder.resolve("pictures");
        TinyPictures.picture(data.resolve("dark"), 0, 4, 51);
        TinyPictures.picture(data.resolve("dark"), 1, 4, 255);
        TinyPictures.picture(data.resolve("light"), 0, 4, 255);
    }

    @Test
    void printsLossAndAccuracy() {
        Cli.Result result =
                Cli.run("evaluate", model, "--data", data, "--preprocess", "unit", "--backend", "reference");
        assertEquals(0, result.status(), result.err());
        assertTrue(
                result.out()
                        .matches("loss 1\\.3744, accuracy 66\\.67 % \\(3 pictures in \\d+\\.\\d s on reference\\)\n"),
                result.out());
    }

    @Test
    void writesAReport() throws IOException {
        Path out = folder.resolve("report");
        Cli.Result result = Cli.run(
                "evaluate",
                model,
                "--data",
                data,
                "--preprocess",
                "unit",
                "--backend",
                "reference",
                "--json",
                "--out",
                out);
        assertEquals(0, result.status(), result.err());
        JsonNode figures = new ObjectMapper().readTree(result.out());
        assertEquals(1.374379, figures.path("test_loss").doubleValue(), 1e-5);
        assertEquals(2.0 / 3, figures.path("test_accuracy").doubleValue(), 1e-12);
        assertEquals("[[1,1],[0,1]]", figures.path("confusion").toString());
        assertEquals(0.5, figures.path("classes").path(0).path("recall").doubleValue());
        assertEquals(figures, new ObjectMapper().readTree(Files.readString(out.resolve("metrics.json"))));
        String mistakes = Files.readString(out.resolve("mistakes.html"));
        assertTrue(mistakes.contains("1 of 3 samples were taken for something else"), mistakes);
        assertTrue(mistakes.contains("98.2 %"), mistakes);
        assertTrue(Files.readString(out.resolve("confusion.svg")).contains("dark taken for light: 1 (50.0 %)"));
        Cli.Result again = Cli.run("evaluate", model, "--data", data, "--out", out);
        assertEquals(2, again.status());
        assertTrue(again.err().contains("or replace what is in it with --force"), again.err());
    }

    /** Of the probabilities that {@link TeachableMachineTest} has from Keras; the astronaut is no cat. */
    @Test
    void teachableMachinesModelsHaveTheirOwnPreparationAndLabels() throws IOException {
        Path files = TeachableMachineTest.data();
        Path pictures = folder.resolve("photos");
        for (String photo : List.of("CATS/chelsea.png", "CATS/astronaut.png", "DOGS/coffee.png", "DOGS/rocket.jpg")) {
            Path copy = pictures.resolve(photo);
            Files.createDirectories(copy.getParent());
            Files.copy(files.resolve("photos").resolve(copy.getFileName()), copy);
        }
        Path export = files.resolve("keras").resolve("tm-cats-dogs");
        Cli.Result result = Cli.run(
                "evaluate",
                export.resolve("keras_model.h5"),
                "--labels",
                export.resolve("labels.txt"),
                "--data",
                pictures,
                "--json",
                "--backend",
                "cpu");
        assertEquals(0, result.status(), result.err());
        JsonNode figures = new ObjectMapper().readTree(result.out());
        assertEquals(0.75, figures.path("test_accuracy").doubleValue());
        double loss = -(Math.log(0.9749) + Math.log(0.0395) + Math.log(0.9444) + Math.log(0.7866)) / 4;
        assertEquals(loss, figures.path("test_loss").doubleValue(), 1e-3);
    }

    @Test
    void labelsGiveTheOrderOfClasses() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels"), "light\ndark\n");
        Cli.Result result = Cli.run(
                "evaluate",
                model,
                "--data",
                data,
                "--labels",
                labels,
                "--preprocess",
                "unit",
                "--backend",
                "reference");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("accuracy 33.33 %"), result.out());
    }

    @Test
    void theNumberOfClassesMustFit() throws IOException {
        TinyPictures.picture(data.resolve("middle"), 0, 4, 128);
        Cli.Result result =
                Cli.run("evaluate", model, "--data", data, "--preprocess", "unit", "--backend", "reference");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: The model tells 2 classes apart, the pictures are of 3 (dark, light, middle). Remedy:"
                                + " name the model's classes in order with --labels\n"),
                result);
    }

    @Test
    void whatIsNoClassifierIsSaid() throws IOException {
        Cli.Result result = Cli.run("evaluate", Cli.model(folder, "two"), "--data", data);
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("convoy: Model 'two' takes {a="), result.err());
        assertTrue(result.err().contains("; a classifier takes pictures"), result.err());
    }

    @Test
    void unknownDataIsSaid() {
        Cli.Result result = Cli.run("evaluate", model, "--data", "flowers");
        assertEquals(2, result.status());
        assertTrue(
                result.err().startsWith("convoy: There is no data set and no folder 'flowers'. Remedy: "),
                result.err());
    }
}
