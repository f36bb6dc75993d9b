package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Npy;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model adds and concatenates its inputs a and b of shape [batch, 3]. */
class RunCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path model;

    @SuppressWarnings("NullAway.Init")
    private Path ones;

    @SuppressWarnings("NullAway.Init")
    private Path ramp;

    @BeforeEach
    void files() throws IOException {
        model = Cli.model(folder, "two");
        ones = folder.resolve("ones.npy");
        ramp = folder.resolve("ramp.npy");
        Npy.write(ones, Tensor.of(new float[] {1, 1, 1}, 1, 3));
        Npy.write(ramp, Tensor.of(new float[] {1, 2, 3}, 1, 3));
    }

    private Cli.Result run(Object... args) {
        Object[] all = new Object[args.length + 4];
        all[0] = "run";
        all[1] = model;
        System.arraycopy(args, 0, all, 2, args.length);
        all[args.length + 2] = "--backend";
        all[args.length + 3] = "reference";
        return Cli.run(all);
    }

    @Test
    void writesEachOutputToAFolder() throws IOException {
        Path out = folder.resolve("out");
        Cli.Result result = run("--input", ones, "--input", ramp, "--output", out);
        assertEquals("", result.err());
        assertEquals(0, result.status());
        assertEquals(Tensor.of(new float[] {2, 3, 4}, 1, 3), Npy.read(out.resolve("0_sum_0.npy")));
        assertEquals(Tensor.of(new float[] {1, 1, 1, 1, 2, 3}, 1, 6), Npy.read(out.resolve("1_both.npy")));
        assertEquals(
                "sum:0: float32[1, 3] -> " + out.resolve("0_sum_0.npy") + "\nboth: float32[1, 6] -> "
                        + out.resolve("1_both.npy") + "\n",
                result.out());
    }

    @Test
    void namedInputsGoToTheirPlace() throws IOException {
        Path out = folder.resolve("out");
        assertEquals(
                0, run("--input", ones, "--input", "a=" + ramp, "--output", out).status());
        assertEquals(Tensor.of(new float[] {1, 2, 3, 1, 1, 1}, 1, 6), Npy.read(out.resolve("1_both.npy")));
    }

    @Test
    void oneOutputGoesToAFile() throws IOException {
        Path image = folder.resolve("image.npy");
        Path out = folder.resolve("y.npy");
        Npy.write(image, Tensor.of(new float[] {1, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f}, 2, 2, 2, 1));
        Cli.Result result = Cli.run(
                "run", Cli.model(folder, "brightness"), "--input", image, "--output", out, "--backend", "reference");
        assertEquals(0, result.status(), result.err());
        Tensor written = Npy.read(out);
        assertEquals(1 / (1 + Math.exp(-4)), written.get(1), 1e-6);
        assertEquals(0.5, written.get(2), 1e-6);
    }

    @Test
    void doublesAreConvertedAndThatIsSaid() throws IOException {
        Path doubles = folder.resolve("doubles.npy");
        Npy.write(doubles, Tensor.of(new double[] {1, 2, 3}, 1, 3));
        Cli.Result result = run("--input", doubles, "--input", ones, "--output", folder.resolve("out"));
        assertEquals(0, result.status());
        assertEquals("convoy: input 'a' is converted from float64 to float32\n", result.err());
        assertEquals(
                Tensor.of(new float[] {2, 3, 4}, 1, 3),
                Npy.read(folder.resolve("out").resolve("0_sum_0.npy")));
    }

    @Test
    void severalOutputsNeedAFolder() {
        Path out = folder.resolve("y.npy");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: Model 'two' has 2 outputs, [sum:0, both]. Remedy: name a folder with --output\n"),
                run("--input", ones, "--input", ramp, "--output", out));
        assertFalse(Files.exists(out));
    }

    @Test
    void wrongShapesAreNamed() throws IOException {
        Path wide = folder.resolve("wide.npy");
        Npy.write(wide, Tensor.of(new float[4], 1, 4));
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: Input 'b' of model 'two' does not fit; expected float32[batch, 3], got float32[1,"
                                + " 4]\n"),
                run("--input", ones, "--input", wide, "--output", folder.resolve("out")));
    }

    @Test
    void missingInputsAreNamed() {
        Cli.Result result = run("--input", ones, "--output", folder.resolve("out"));
        assertEquals(2, result.status());
        assertTrue(
                result.err()
                        .startsWith(
                                "convoy: Input 'b' of model 'two' is missing. Remedy: give one --input for each of"),
                result.err());
    }

    @Test
    void inputsTooManyAreNamed() {
        Cli.Result result = run("--input", ones, "--input", ones, "--input", ramp, "--output", folder.resolve("out"));
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("convoy: Model 'two' has no input left for '" + ramp + "'"), result.err());
    }

    @Test
    void unknownAndDoubledNamesAreRefused() {
        Cli.Result unknown = run("--input", "c=" + ones, "--input", ramp, "--output", folder.resolve("out"));
        assertEquals(2, unknown.status());
        assertTrue(
                unknown.err().startsWith("convoy: Model 'two' has no input 'c'. Remedy: name one of {a="),
                unknown.err());
        assertEquals(
                new Cli.Result(2, "", "convoy: Input 'a' is given twice. Remedy: give it once\n"),
                run("--input", "a=" + ones, "--input", "a=" + ramp, "--output", folder.resolve("out")));
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("x.npy"), "hello");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: " + text
                                + ": this is no NumPy file (at byte 0). Remedy: save one array with"
                                + " numpy.save('x.npy', array)\n"),
                run("--input", text, "--input", ramp, "--output", folder.resolve("out")));
    }

    @Test
    void placesThatCannotBeWrittenToAreNamed() throws IOException {
        Path image = folder.resolve("image.npy");
        Npy.write(image, Tensor.of(new float[4], 1, 2, 2, 1));
        Path brightness = Cli.model(folder, "brightness");
        Path nowhere = folder.resolve("nowhere");
        assertEquals(
                new Cli.Result(2, "", "convoy: there is no file or folder '" + nowhere + "'. Remedy: check the path\n"),
                Cli.run(
                        "run",
                        brightness,
                        "--input",
                        image,
                        "--output",
                        nowhere.resolve("y.npy"),
                        "--backend",
                        "reference"));
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: '" + brightness + "' is there already and is no folder. Remedy: name another\n"),
                Cli.run("run", brightness, "--input", image, "--output", brightness, "--backend", "reference"));
        assertEquals(
                new Cli.Result(
                        2, "", "convoy: " + folder + ": this is a folder (at byte 0). Remedy: name a file in it\n"),
                Cli.run("run", brightness, "--input", folder, "--output", nowhere, "--backend", "reference"));
    }

    @Test
    void namesOfFilesAreHarmless() {
        assertEquals("0_.._.._etc_passwd.npy", RunCommand.fileName(0, "../../etc/passwd"));
        assertEquals("3_a_b_0.npy", RunCommand.fileName(3, "a/b:0"));
    }
}
