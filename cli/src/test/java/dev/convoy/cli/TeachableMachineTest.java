package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole way from a Teachable Machine export and a photograph to class names. The percentages are those of Keras
 * 3.15.1 on TensorFlow 2.21.0, of the images that Pillow 12.3.0 prepares as Teachable Machine's exported code does.
 */
class TeachableMachineTest {

    static Path data() {
        String configured = System.getenv("CONVOY_TEST_DATA");
        Path folder = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        Assumptions.assumeTrue(
                Files.isDirectory(folder.resolve("keras")),
                () -> "skipped: no keras in " + folder + "; set CONVOY_TEST_DATA");
        return folder;
    }

    @ParameterizedTest
    @CsvSource({
        "tm-cats-dogs, chelsea.png,   97.49, CATS,    2.45,  TIGERS",
        "tm-cats-dogs, coffee.png,    94.44, DOGS,    4.52,  CATS",
        "tm-cats-dogs, astronaut.png, 95.03, DOGS,    3.95,  CATS",
        "tm-cats-dogs, rocket.jpg,    78.66, DOGS,    11.51, CATS",
        "tm-pollen,    chelsea.png,   40.77, Protium, 34.66, Hyptis",
        "tm-pollen,    rocket.jpg,    21.09, Matayba, 12.57, Farmea"
    })
    void predictsAsKeras(String model, String photo, String first, String best, String second, String next) {
        Path folder = data().resolve("keras").resolve(model);
        Path image = data().resolve("photos").resolve(photo);
        assertEquals(
                new Cli.Result(0, "%s\n  %6s %%  %s\n  %6s %%  %s\n".formatted(image, first, best, second, next), ""),
                Cli.run(
                        "predict",
                        folder.resolve("keras_model.h5"),
                        image,
                        "--labels",
                        folder.resolve("labels.txt"),
                        "--top",
                        "2",
                        "--preprocess",
                        "teachable-machine",
                        "--backend",
                        "cpu"));
    }

    @Test
    void runsOnNumpyArrays(@TempDir Path out) throws IOException {
        Path folder = data().resolve("keras").resolve("tm-waste");
        Path result = out.resolve("y.npy");
        Cli.Result run = Cli.run(
                "run",
                folder.resolve("keras_model.h5"),
                "--input",
                data().resolve("keras").resolve("teachable_machine_input.npy"),
                "--output",
                result,
                "--backend",
                "cpu");
        assertEquals(0, run.status(), run.err());
        assertArrayEquals(
                Npy.read(folder.resolve("output.npy")).floats(),
                Npy.read(result).floats(),
                1e-5f);
    }

    @Test
    void namesTheLayersThatHoldCode() {
        Path file = data().resolve("keras").resolve("refuse-lambda-k2.0").resolve("sequential_lambda.h5");
        Cli.Result result = Cli.run("inspect", file);
        assertEquals(1, result.status(), result.err());
        assertTrue(result.out().contains("cannot be loaded, 2 problems:\n  layer 'lambda_1' (Lambda): "), result.out());
    }
}
