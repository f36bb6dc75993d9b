package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is printed and refused; how long anything takes is not looked at. */
class BenchCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aModelFileIsTimed() throws IOException {
        Path model = Cli.model(folder, "brightness");
        Cli.Result result =
                Cli.run("bench", model, "--backend", "cpu", "--threads", "1", "--seconds", "0.05", "--json");
        assertEquals(0, result.status(), result.err());
        assertEquals("warming up for 2.0 s, measuring for 0.1 s ...\n", result.err());
        JsonNode figures = JsonMapper.shared().readTree(result.out());
        assertEquals(model.toString(), figures.path("model").asString());
        assertEquals("predict", figures.path("task").asString());
        assertEquals("cpu", figures.path("backend").asString());
        assertEquals(1, figures.path("threads").asInt());
        assertEquals(1, figures.path("batch").asInt());
        assertTrue(figures.path("kernels").asString().matches("Vector API \\d+ bit|scalar"), result.out());
        assertTrue(figures.path("runs").asInt() >= 5, result.out());
        double min = figures.path("min_ms").asDouble();
        double median = figures.path("median_ms").asDouble();
        double tail = figures.path("p99_ms").asDouble();
        assertTrue(0 < min && min <= median && median <= tail, result.out());
        double perSecond =
                figures.path("runs").asDouble() / figures.path("seconds").asDouble();
        assertEquals(perSecond, figures.path("images_per_second").asDouble(), 1e-6 * perSecond);
        assertTrue(
                figures.path("heap_bytes").asLong()
                        > figures.path("weight_bytes").asLong(),
                result.out());
        assertTrue(figures.path("packed_bytes").isIntegralNumber(), result.out());
        assertTrue(figures.path("live_bytes").asLong() > 0, result.out());
    }

    @Test
    void trainingStepsOfANamedNetworkAreTimed() {
        Cli.Result result =
                Cli.run("bench", "lenet5", "--train", "--batch", 4, "--seconds", "0.05", "--backend", "cpu");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith("model      lenet5, train, batches of 4\nbackend    cpu, "), result.out());
        assertTrue(result.out().contains("\nmedian_ms  "), result.out());
        assertTrue(result.out().contains("\nimages per second  "), result.out());
    }

    @Test
    void modelsWithTwoInputsAreTimed() throws IOException {
        Cli.Result result = Cli.run("bench", Cli.model(folder, "two"), "--batch", 3, "--seconds", "0.01");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains(", predict, batches of 3\n"), result.out());
        assertTrue(result.out().contains("\nheap       "), result.out());
    }

    @Test
    void aPlanIsToldInsteadOfMeasured() {
        Cli.Result result = Cli.run("bench", "lenet5", "--backend", "cpu", "--batch", 2, "--explain-plan", "--json");
        assertEquals(0, result.status(), result.err());
        JsonNode plan = JsonMapper.shared().readTree(result.out());
        JsonNode first = plan.path("steps").path(0);
        assertEquals("GEMM", step(plan, "dense").path("kernel").asString(), result.out());
        assertTrue(first.path("ops").asString().startsWith("Convolution+"), result.out());
        assertEquals(2L * 28 * 28 * 6 * 5 * 5, first.path("multiply_adds").asLong(), result.out());
        assertTrue(plan.path("weight_bytes").asLong() >= 4 * 61_706, result.out());
        assertTrue(plan.path("packed_bytes").asLong() > 0, result.out());
        assertTrue(plan.path("live_bytes").asLong() <= plan.path("buffer_bytes").asLong(), result.out());
        String table =
                Cli.run("bench", "lenet5", "--backend", "cpu", "--explain-plan").out();
        assertTrue(table.lines().skip(1).findFirst().orElseThrow().startsWith("  1  Convolution+"), table);
        assertEquals(
                "convoy: --explain-plan tells what a prediction runs. Remedy: leave --train out\n",
                Cli.run("bench", "lenet5", "--train", "--explain-plan").err());
    }

    private static JsonNode step(JsonNode plan, String layer) {
        for (JsonNode step : plan.path("steps")) {
            if (step.path("layer").asString().equals(layer)) {
                return step;
            }
        }
        throw new AssertionError("No step of layer '" + layer + "' in " + plan);
    }

    @Test
    void whatIsNeitherNetworkNorFileIsNamed() {
        Cli.Result result = Cli.run("bench", "resnet51");
        assertEquals(2, result.status());
        assertEquals(
                "convoy: There is no network and no file 'resnet51'. Remedy: take one of the networks fashion-mnist,"
                        + " lenet5, mnist, cifar10, resnet18-cifar10, resnet50, mobilenet, mobilenet-0.35, mobilenetv2,"
                        + " vgg16, or a model file\n",
                result.err());
    }

    @Test
    void nonsenseIsRefused() {
        assertEquals(
                "convoy: --batch is at least 1, got 0\n",
                Cli.run("bench", "lenet5", "--batch", 0).err());
        assertEquals(
                "convoy: --seconds is greater than 0, got -1.0. Remedy: 10 is a usual time\n",
                Cli.run("bench", "lenet5", "--seconds", "-1").err());
        assertTrue(
                Cli.run("bench", "lenet5", "--threads", "-1").err().startsWith("convoy: threads is 0 "),
                "threads are not negative");
    }

    @Test
    void modelsThatAreNoClassifiersAreNotTrained() throws IOException {
        Cli.Result result = Cli.run("bench", Cli.model(folder, "two"), "--train");
        assertEquals(2, result.status());
        assertTrue(
                result.err().contains("a classifier takes pictures and gives float32[batch, classes]"), result.err());
    }
}
