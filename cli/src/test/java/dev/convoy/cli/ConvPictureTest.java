package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels on pictures. */
class ConvPictureTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void filtersAPicture() throws IOException {
        // Black above white in three columns: the row above the edge is 255·4 darker than the one below.
        byte[] pixels = new byte[12];
        Arrays.fill(pixels, 6, 12, (byte) 255);
        Path picture = folder.resolve("edge.png");
        Image.of(3, 4, 1, pixels).writePng(picture);
        Path out = folder.resolve("out.png");
        assertEquals(
                new Cli.Result(0, "Image 3x4 grey -> " + out + "\n", ""),
                Cli.run(
                        "conv",
                        "--image",
                        picture,
                        "--kernel",
                        "sobel-bottom",
                        "--output",
                        out,
                        "--backend",
                        "reference"));
        byte white = (byte) 255;
        assertEquals(
                Image.of(3, 4, 1, new byte[] {0, 0, 0, white, white, white, white, white, white, 0, 0, 0}),
                Image.read(out));
        Cli.run("conv", "--image", picture, "--kernel", "sobel-top", "--output", out, "--rescale", "--backend", "cpu");
        assertEquals(
                Image.of(3, 4, 1, new byte[] {white, white, white, 0, 0, 0, 0, 0, 0, white, white, white}),
                Image.read(out));
    }

    @Test
    void identityKeepsEachChannel() throws IOException {
        byte[] pixels = new byte[5 * 4 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (37 * i);
        }
        Image image = Image.of(5, 4, 3, pixels);
        Path picture = folder.resolve("colour.png");
        image.writePng(picture);
        Path out = folder.resolve("out.png");
        Cli.run("conv", "--image", picture, "--kernel", "identity", "--output", out, "--backend", "cpu");
        assertEquals(image, Image.read(out));
        Cli.run("conv", "--image", picture, "--kernel", "identity", "--output", out, "--backend", "cpu", "--grey");
        assertEquals(image.toGrey(), Image.read(out));
    }

    /** Check sums of the pixels that NumPy 2 gives with the edge repeated, rounded and clipped. */
    @ParameterizedTest
    @CsvSource({
        "camera.png, sobel-top, 1394579569",
        "chelsea.png, edge-detection, 122875453",
        "chelsea.png, gaussian-blur, 1517093871"
    })
    void photographsAreFilteredAsByNumPy(String photo, String kernel, long expected) throws IOException {
        String configured = System.getenv("CONVOY_TEST_DATA");
        Path data = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        Path file = data.resolve("photos").resolve(photo);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: no " + file + "; set CONVOY_TEST_DATA");
        Path out = folder.resolve("out.png");
        Cli.Result result = Cli.run("conv", "--image", file, "--kernel", kernel, "--output", out, "--backend", "cpu");
        assertEquals(0, result.status(), result.err());
        CRC32 sum = new CRC32();
        sum.update(Image.read(out).pixels());
        assertEquals(expected, sum.getValue());
    }
}
