package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Npy;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the reference interpreter and the CPU backend; the model classifies pictures by their mean brightness. */
class CompareCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Cli.Result compare(Object... args) throws IOException {
        Object[] all = new Object[args.length + 2];
        all[0] = "compare";
        all[1] = Cli.model(folder, "brightness");
        System.arraycopy(args, 0, all, 2, args.length);
        return Cli.run(all);
    }

    @Test
    void printsEachLayerAndTheVerdict() throws IOException {
        Cli.Result result = compare("--backends", "reference,cpu");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith("reference and cpu:\n"), result.out());
        assertTrue(result.out().contains("  global_average_pooling2d "), result.out());
        assertTrue(result.out().contains("  dense "), result.out());
        assertTrue(result.out().contains("  output softmax "), result.out());
        assertTrue(result.out().endsWith("reference and cpu agree within 0.000100\n"), result.out());
    }

    @Test
    void whatIsBeyondTheToleranceIsNamedAndFails() throws IOException {
        // No difference is small enough for a tolerance below 0.
        Path image = folder.resolve("x.npy");
        Npy.write(image, Tensor.of(new float[] {0.25f, 0.5f, 1, 0}, 1, 2, 2, 1));
        Cli.Result result = compare("--backends", "reference,cpu", "--input", image, "--tolerance", "-1");
        assertEquals(1, result.status(), result.err());
        assertTrue(
                result.out().contains("reference and cpu first diverge in 'global_average_pooling2d': "), result.out());
    }

    @Test
    void picturesAreTaken() throws IOException {
        Path picture = Cli.picture(folder, "grey.png", 128);
        Cli.Result result = compare("--backends", "reference,cpu,reference", "--input", picture);
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("reference and reference agree"), result.out());
    }

    @Test
    void oneBackendIsTooFew() throws IOException {
        assertEquals(
                new Cli.Result(2, "", "convoy: There is one backend, [cpu]. Remedy: name two, --backends cpu,onnx\n"),
                compare("--backends", "cpu"));
    }

    @Test
    void aBackendThatIsNotThereIsNamed() throws IOException {
        Cli.Result result = compare("--backends", "cpu,nowhere");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("There is no backend 'nowhere'"), result.err());
    }

    @Test
    void modelsWithTwoInputsRunOnRandomOnes() throws IOException {
        Cli.Result result = Cli.run("compare", Cli.model(folder, "two"), "--backends", "reference,cpu");
        assertEquals(0, result.status(), result.err());
    }
}
