package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Sequential;
import dev.convoy.onnx.format.OnnxWriter;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {

    private static final Pattern LAST_LINE =
            Pattern.compile("(?s).*\\n(\\w+): (\\d+) passed, (\\d+) failed, (\\d+) skipped\\n");

    @Test
    void printsAPageAndWritesReports(@TempDir Path folder) throws IOException {
        Cli.Result result = Cli.run("conformance", "--backend", "reference", "--only", "max_pool.", "--report", folder);
        Matcher last = LAST_LINE.matcher(result.out());
        assertTrue(last.matches(), result.out());
        assertEquals("reference", last.group(1));
        assertTrue(Integer.parseInt(last.group(2)) > 0, "checks that passed");
        assertEquals("0", last.group(3));
        assertEquals(0, result.status());
        Path markdown = folder.resolve("conformance-reference.md");
        assertEquals(result.out(), Files.readString(markdown));
        String xml = Files.readString(folder.resolve("conformance-reference.xml"));
        int tests = Integer.parseInt(last.group(2)) + Integer.parseInt(last.group(4));
        assertTrue(xml.contains(" tests=\"" + tests + "\" failures=\"0\""), xml);
    }

    @Test
    void aBackendThatFailsExitsWithOne() {
        Cli.Result result = Cli.run("conformance", "--backend", "broken", "--only", "max_pool.");
        Matcher last = LAST_LINE.matcher(result.out());
        assertTrue(last.matches(), result.out());
        assertEquals("broken", last.group(1));
        assertFalse(last.group(3).equals("0"), result.out());
        assertEquals(1, result.status());
    }

    @Test
    void missingBackendsListWhatThereIs() {
        Cli.Result result = Cli.run("conformance", "--backend", "quantum");
        assertEquals(2, result.status());
        assertTrue(
                result.err().startsWith("convoy: There is no backend 'quantum'. Providers found: absent (unavailable"),
                result.err());
    }

    @Test
    void unusableBackendsSayWhy() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: There is nothing to check: backend absent (unavailable: libabsent.so not found. "
                                + "Remedy: install it)\n"),
                Cli.run("conformance", "--backend", "absent"));
    }

    @Test
    void unknownChecksAreRefused() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: No check's name contains 'pizza'. Remedy: take an op's name, or leave --only out\n"),
                Cli.run("conformance", "--backend", "reference", "--only", "pizza"));
    }

    /** A test of a model that flattens 2 by 2 numbers. */
    private static void onnxTest(Path folder, String name, float... expected) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name).resolve("test_data_set_0"));
        Model model = Sequential.of(Input.of(2, 2), Flatten.of());
        Models.save(model, folder.resolve(name).resolve("model.onnx"));
        Tensor input = Tensor.of(new float[] {1, 2, 3, 4}, 1, 2, 2);
        Files.write(data.resolve("input_0.pb"), OnnxWriter.proto("", input).toByteArray());
        Files.write(
                data.resolve("output_0.pb"),
                OnnxWriter.proto("", Tensor.of(expected, 1, 4)).toByteArray());
    }

    @Test
    void testsInTheLayoutOfOnnxAreRun(@TempDir Path folder) throws IOException {
        Path tests = folder.resolve("tests");
        onnxTest(tests, "test_flatten", 1, 2, 3, 4);
        onnxTest(tests, "test_wrong", 1, 2, 3, 5);
        Path report = folder.resolve("report");
        Cli.Result result = Cli.run("conformance", "--backend", "reference", "--onnx-tests", tests, "--report", report);
        assertEquals(1, result.status(), result.err());
        assertTrue(result.out().startsWith("test_wrong failed: output '"), result.out());
        assertTrue(result.out().endsWith("\nreference: 1 passed, 1 failed, 0 unsupported\n"), result.out());
        assertTrue(Files.readString(report.resolve("report.md")).endsWith("1 passed, 1 failed, 0 unsupported\n"));
        assertEquals(
                new Cli.Result(0, "reference: 1 passed, 0 failed, 0 unsupported\n", ""),
                Cli.run("conformance", "--backend", "reference", "--onnx-tests", tests, "--only", "flat"));
        Path names = Files.writeString(folder.resolve("names.txt"), "# right\ntest_flatten\n");
        assertEquals(
                new Cli.Result(0, "reference: 1 passed, 0 failed, 0 unsupported\n", ""),
                Cli.run("conformance", "--backend", "reference", "--onnx-tests", tests, "--only", "@" + names));
    }

    @Test
    void selectingNoTestOfOnnxIsRefused(@TempDir Path folder) throws IOException {
        onnxTest(folder, "test_flatten", 1, 2, 3, 4);
        Cli.Result none = Cli.run("conformance", "--backend", "reference", "--onnx-tests", folder, "--only", "pizza");
        assertEquals(
                "convoy: None of 1 tests is selected by --only pizza. Remedy: take a part of a test's name, conv for"
                        + " example\n",
                none.err());
        assertEquals(2, none.status());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Cli.Result missing = Cli.run("conformance", "--backend", "reference", "--onnx-tests", empty);
        assertTrue(missing.err().startsWith("convoy: There are no tests in [" + empty + "]. Remedy: "), missing.err());
        assertEquals(2, missing.status());
    }

    @Test
    void timeLimitsAreAtLeastASecond() {
        assertEquals(
                new Cli.Result(2, "", "convoy: --time-limit is at least 1, got 0\n"),
                Cli.run("conformance", "--onnx-tests", "tests.zip", "--time-limit", "0"));
    }
}
