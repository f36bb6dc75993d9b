package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class TrainCommandTest {

    private static final List<String> FILES = List.of(
            "checkpoint.zip",
            "confusion.svg",
            "history.csv",
            "history.svg",
            "metrics.json",
            "mistakes.html",
            "model.keras");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path out;

    @BeforeEach
    void out() {
        out = folder.resolve("run");
    }

    private Cli.Result train(Object data, Object... options) {
        List<Object> words = new ArrayList<>(List.of("train", data, "--out", out, "--backend", "cpu"));
        words.addAll(List.of(options));
        return Cli.run(words.toArray());
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private JsonNode metrics() throws IOException {
        return new ObjectMapper().readTree(Files.readString(out.resolve("metrics.json")));
    }

    @Test
    void trainsANamedDataSetAndWritesAModelThatPredicts() throws IOException {
        Path data = TinyPictures.mnist(folder.resolve("mnist"), 200, 40);
        Cli.Result result = train(
                "fashion-mnist", "--data", data, "--epochs", "2", "--batch", "16", "--seed", "7", "--lr", "0.002");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("200 pictures float32[28, 28, 1] to train on, 40 to test with"), result.out());
        assertTrue(result.out().contains("Epoch 2/2"), result.out());
        assertEquals(FILES, written());
        JsonNode metrics = metrics();
        assertTrue(metrics.path("test_accuracy").doubleValue() > 0.9, metrics::toString);
        assertEquals(2, metrics.path("seconds_per_epoch").size());
        assertEquals(2, metrics.path("epochs").intValue());
        assertEquals(16, metrics.path("batch_size").intValue());
        assertEquals(7, metrics.path("seed").longValue());
        assertEquals(0.002, metrics.path("learning_rate").doubleValue());
        // 3·3·16 + 16, 14·14·16·128 + 128, 128·10 + 10
        assertEquals(160 + 401_536 + 1_290, metrics.path("parameters").longValue());
        assertEquals("cpu", metrics.path("backend").asString());
        assertEquals("Ankle boot", metrics.path("classes").path(9).asString());
        assertEquals(3, Files.readAllLines(out.resolve("history.csv")).size());
        JsonNode compiled = compileConfig(out.resolve("model.keras"));
        assertEquals("Adam", compiled.path("optimizer").path("class_name").asString());
        assertEquals(
                0.002,
                compiled.path("optimizer").path("config").path("learning_rate").doubleValue(),
                1e-9);
        assertTrue(compiled.path("loss").toString().contains("parse"), compiled::toString);
        assertEquals("accuracy", compiled.path("metrics").path(0).asString());
        Path picture = folder.resolve("3.png");
        TinyPictures.picture(folder, 3, 28, 40);
        Cli.Result predicted = Cli.run("predict", out.resolve("model.keras"), picture, "--backend", "cpu");
        assertEquals(0, predicted.status(), predicted.err());
        assertTrue(predicted.out().contains(" %  "), predicted.out());
        assertTrue(Stream.of("T-shirt/top", "Bag", "Shirt").anyMatch(predicted.out()::contains), predicted.out());
        Cli.Result evaluated =
                Cli.run("evaluate", out.resolve("model.keras"), "--data", data, "--json", "--backend", "cpu");
        assertEquals(0, evaluated.status(), evaluated.err());
        JsonNode figures = new ObjectMapper().readTree(evaluated.out());
        assertEquals(
                metrics.path("test_accuracy").doubleValue(),
                figures.path("test_accuracy").doubleValue());
        assertEquals(
                metrics.path("test_loss").doubleValue(),
                figures.path("test_loss").doubleValue(),
                1e-6);
    }

    @Test
    void lenet5TakesItsPicturesWithAMarginAndGivesProbabilities() throws IOException {
        Path data = TinyPictures.mnist(folder.resolve("mnist"), 60, 20);
        Cli.Result result = train("mnist", "--data", data, "--epochs", "1", "--validation", "0.2");
        assertEquals(0, result.status(), result.err());
        assertTrue(
                result.out().contains("50 pictures float32[28, 28, 1] to train on, 10 to validate with"), result.out());
        assertTrue(result.out().contains("val_accuracy"), result.out());
        TinyPictures.picture(folder, 0, 28, 40);
        Cli.Result predicted = Cli.run(
                "predict", out.resolve("model.keras"), folder.resolve("0.png"), "--top", "10", "--backend", "cpu");
        assertEquals(0, predicted.status(), predicted.err());
        double sum = predicted
                .out()
                .lines()
                .filter(line -> line.contains(" %  "))
                .mapToDouble(line -> Double.parseDouble(line.strip().split(" ")[0]))
                .sum();
        assertEquals(100, sum, 0.1);
    }

    @Test
    void trainsOnAFolderOfPictures() throws IOException {
        Path data = TinyPictures.folder(folder.resolve("pictures"), 8, 10);
        Cli.Result result = train(data, "--epochs", "1", "--grey", "--augment", "flip,shift");
        assertEquals(0, result.status(), result.err());
        // a fifth of each class is tested with
        assertTrue(
                result.out().contains("16 pictures float32[8, 8, 1] to train on, 4 to test with, 2 classes"),
                result.out());
        assertEquals(FILES, written());
        assertEquals(
                List.of("dark", "light <&>"),
                List.of(
                        metrics().path("classes").path(0).asString(),
                        metrics().path("classes").path(1).asString()));
        assertTrue(Files.readString(out.resolve("confusion.svg")).contains("light &lt;&amp;&gt;"));
        assertEquals("flip", metrics().path("augment").path(0).asString());
    }

    @Test
    void theSameSeedGivesTheSameFileAndAnotherSeedAnother() throws IOException {
        Path data = TinyPictures.folder(folder.resolve("pictures"), 8, 6);
        List<Object> models = new ArrayList<>();
        for (String seed : List.of("1", "1", "2")) {
            Cli.Result result = train(data, "--epochs", "1", "--seed", seed, "--force");
            assertEquals(0, result.status(), result.err());
            models.add(TinyPictures.content(out.resolve("model.keras")));
        }
        assertEquals(models.get(0), models.get(1));
        assertNotEquals(models.get(0), models.get(2));
    }

    @Test
    void runsAreNotOverwrittenUnasked() throws IOException {
        Path data = TinyPictures.folder(folder.resolve("pictures"), 8, 6);
        assertEquals(0, train(data, "--epochs", "1").status());
        byte[] before = Files.readAllBytes(out.resolve("metrics.json"));
        Cli.Result again = train(data, "--epochs", "1");
        assertEquals(2, again.status());
        assertEquals(
                "convoy: '" + out + "' holds a finished run (model.keras, metrics.json, history.csv, history.svg,"
                        + " confusion.svg, mistakes.html, checkpoint.zip). Remedy: name another folder with"
                        + " --out, go on with the run with --resume, or replace it with --force\n",
                again.err());
        assertEquals(new String(before), Files.readString(out.resolve("metrics.json")));
        assertEquals(0, train(data, "--epochs", "1", "--force").status());
    }

    @Test
    void aFinishedRunGoesOnForMoreEpochs() throws IOException {
        Path data = TinyPictures.folder(folder.resolve("pictures"), 8, 6);
        assertEquals(0, train(data, "--epochs", "2").status());
        Cli.Result more = train(data, "--epochs", "3", "--resume");
        assertEquals(0, more.status(), more.err());
        assertFalse(more.out().contains("Epoch 2/3"), more.out());
        assertTrue(more.out().contains("Epoch 3/3"), more.out());
        assertEquals(3, metrics().path("epochs").intValue());
        Object resumed = TinyPictures.content(out.resolve("model.keras"));
        assertEquals(0, train(data, "--epochs", "3", "--force").status());
        assertEquals(resumed, TinyPictures.content(out.resolve("model.keras")));
    }

    @Test
    void anotherNumberOfClassesNeedsANewHead() throws IOException {
        Path data = TinyPictures.folder(folder.resolve("pictures"), 28, 6);
        Cli.Result result = train(data, "--model", "fashion-mnist");
        assertEquals(2, result.status());
        assertEquals(
                "convoy: Model 'sequential_1' tells 10 classes apart, the pictures are of 2 (dark, light <&>). Remedy:"
                        + " give it a new head, see docs/transfer-learning.md, or leave --model out\n",
                result.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Path data = TinyPictures.mnist(folder.resolve("mnist"), 20, 10);
        Files.delete(data.resolve("train-labels-idx1-ubyte"));
        Files.delete(data.resolve("t10k-images-idx3-ubyte"));
        Cli.Result result = train("fashion-mnist", "--data", data);
        assertEquals(2, result.status());
        assertTrue(
                result.err()
                        .startsWith("convoy: Fashion-MNIST is not complete in '" + data
                                + "'; missing: train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz. Remedy:"
                                + " put these"),
                result.err());
    }

    @Test
    void picturesOfSeveralSizesNeedOne() throws IOException {
        Path data = TinyPictures.folder(folder.resolve("pictures"), 8, 6);
        TinyPictures.picture(data.resolve("dark"), 7, 12, 10);
        Cli.Result result = train(data);
        assertEquals(2, result.status());
        assertTrue(result.err().contains("Remedy: give one size with --size, 64x64 for example"), result.err());
        assertEquals(0, train(data, "--size", "8x8", "--epochs", "1").status());
    }

    @Test
    void foldersNeedClasses() throws IOException {
        Path data = Files.createDirectories(folder.resolve("pictures"));
        TinyPictures.picture(data.resolve("alone"), 0, 8, 10);
        Cli.Result result = train(data);
        assertEquals(2, result.status());
        assertTrue(result.err().contains("pictures of one class alone, [alone]. Remedy: "), result.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        flowers                                  | There is no data set and no folder 'flowers'. Remedy: take one of mnist, fashion-mnist
        mnist --lr -1                            | --lr is greater than 0, got -1.0. Remedy: 0.001 is a usual rate
        mnist --optimizer magic                  | There is no optimizer 'magic'. Remedy: take one of adam, sgd, momentum
        mnist --resume                           | There is no checkpoint.zip in
        mnist --model resnet                     | There is no network and no file 'resnet'. Remedy: take one of the networks fashion-mnist, lenet5
        mnist --epochs 0                         | --epochs is at least 1, got 0
        mnist --validation 1.5                   | --validation is a share between 0 and 1, got 1.5
        mnist --resume --force                   | --resume goes on with a run, --force replaces it
        mnist --size 8x8                         | --size and --grey are for folders
        """)
    void badArgumentsAreOneMessageWithItsRemedy(String words, String message) throws IOException {
        String[] parts = words.strip().split(" ");
        Object[] options = List.of(parts).subList(1, parts.length).toArray();
        Cli.Result result = train(parts[0], options);
        assertEquals(2, result.status(), result.err());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("convoy: " + message), result.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void patienceNeedsPicturesHeldOut() throws IOException {
        Path data = TinyPictures.folder(folder.resolve("pictures"), 8, 6);
        Cli.Result result = train(data, "--patience", "2");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("no pictures are held out. Remedy: add --validation 0.1"), result.err());
    }

    @Test
    void commandLinesCanBeCopiedIntoAShell() {
        assertEquals(
                "convoy train 'my pictures' --out it'\\''s --resume".replace("it'\\''s", "'it'\\''s'"),
                CommandLines.of(List.of("train", "my pictures", "--out", "it's", "--resume")));
    }

    private static JsonNode compileConfig(Path model) throws IOException {
        try (ZipFile zip = new ZipFile(model.toFile());
                InputStream config = zip.getInputStream(zip.getEntry("config.json"))) {
            return new ObjectMapper().readTree(config).path("compile_config");
        }
    }
}
