package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding, held to the pixels that Pillow decodes. */
class ImageDecodingTest {

    static Stream<Arguments> files() {
        return Resources.table("pillow-decode.tsv");
    }

    @ParameterizedTest
    @MethodSource("files")
    void decodesAsPillow(String file, String size, String rgb, String grey) throws IOException {
        Image image = Image.decode(Resources.bytes(file), file);
        assertEquals(size, image.width() + "x" + image.height());
        assertEquals(rgb, Resources.digest(image.toRgb()), "convert('RGB')");
        assertEquals(grey, Resources.digest(image.toGrey()), "convert('L')");
    }

    @ParameterizedTest
    @CsvSource({
        "rocket.jpg, 640x427, 3d4435cc745752b7, a085ff3db7e5c7be",
        "camera.png, 512x512, 13e2b4aa92cb1649, 5cb24482a53416f9"
    })
    void decodesPhotographsAsPillow(String file, String size, String rgb, String grey) throws IOException {
        Image image = Image.read(Resources.external("photos/" + file));
        assertEquals(size, image.width() + "x" + image.height());
        assertEquals(rgb, Resources.digest(image.toRgb()));
        assertEquals(grey, Resources.digest(image.toGrey()));
    }

    @Test
    void leavesOrientationAloneWhenAskedTo(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("lying.jpg");
        Files.write(file, Resources.bytes("orient6.jpg"));
        assertEquals(19, Image.read(file).width());
        assertEquals(
                23,
                Image.read(file, DecodeOptions.defaults().withOrientation(false))
                        .width());
    }

    @Test
    void greyIsLumaInFixedPoint() {
        byte[] pixels = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, (byte) 255, (byte) 255, (byte) 255};
        // 0.299, 0.587 and 0.114 of 255, rounded: 76.245, 149.685, 29.07
        assertEquals(
                Image.of(4, 1, 1, new byte[] {76, (byte) 150, 29, (byte) 255}),
                Image.of(4, 1, 3, pixels).toGrey());
    }

    @Test
    void takesAwtImages() {
        BufferedImage awt = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        awt.setRGB(0, 0, 0xff010203);
        awt.setRGB(1, 0, 0x80fafbfc);
        byte[] expected = {1, 2, 3, (byte) 0xfa, (byte) 0xfb, (byte) 0xfc};
        assertEquals(Image.of(2, 1, 3, expected), Image.of(awt));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "52494646 00000000 57454250 | this is a WebP image; PNG, JPEG, GIF and BMP are read. Remedy: convert"
                        + " it",
                "49492a00 08000000          | this is a TIFF image",
                "00000018 66747970 68656963 | this is a HEIC or AVIF image, or a video",
                "25504446 2d312e37          | this is a PDF document",
                "00010203                   | this is no image format known",
                "''                         | the file is empty"
            })
    void refusesOtherFormatsByName(String hex, String problem) {
        byte[] file = HexFormat.of().parseHex(hex.replace(" ", ""));
        ImageException refusal = assertThrows(ImageException.class, () -> Image.decode(file, "holiday.img"));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("holiday.img: " + problem), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rgb.png", "palette8.png", "ycc2.jpg", "progressive.jpg", "grey.jpg", "palette.gif", "rgb.bmp"})
    void refusesFilesThatEndEarly(String name) {
        byte[] file = Resources.bytes(name);
        for (int percent : new int[] {3, 20, 50, 80}) {
            byte[] half = Arrays.copyOf(file, file.length * percent / 100);
            ImageException refusal =
                    assertThrows(ImageException.class, () -> Image.decode(half, name), name + " at " + percent + " %");
            assertTrue(String.valueOf(refusal.getMessage()).contains("Remedy: "), refusal.getMessage());
        }
    }

    @Test
    void refusesDeclaredSizesBeforeTakingMemory() {
        byte[] file = Resources.bytes("rgb.png");
        // IHDR's width and height
        Arrays.fill(file, 16, 24, (byte) 0);
        file[17] = 1;
        file[21] = 1;
        assertEquals(
                "bomb.png: the image is 65536x65536, more than 178956970 pixels. Remedy: shrink it, or raise "
                        + "DecodeOptions.maxPixels",
                assertThrows(ImageException.class, () -> Image.decode(file, "bomb.png"))
                        .getMessage());
    }

    @Test
    void refusesImagesAboveTheLimit() {
        byte[] file = Resources.bytes("rgb.png");
        DecodeOptions options = DecodeOptions.defaults().withMaxPixels(23 * 19 - 1);
        assertThrows(ImageException.class, () -> ImageDecoder.decode(file, "x", options));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rgb16.png", "palette-transparent.png", "ycc1.jpg", "orient5.jpg", "offset.gif", "palette.bmp"})
    void damagedFilesGiveAnImageOrATypedRefusal(String name) {
        byte[] file = Resources.bytes(name);
        Random random = new Random(5);
        for (int run = 0; run < 300; run++) {
            byte[] damaged = file.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                Image.decode(damaged, name);
            } catch (ImageException refusal) {
                assertTrue(String.valueOf(refusal.getMessage()).startsWith(name + ": "), refusal.getMessage());
            }
        }
    }

    @Test
    void missingFilesAreNamed() {
        IOException missing = assertThrows(IOException.class, () -> Image.read(Path.of("no-such.png")));
        assertTrue(String.valueOf(missing.getMessage()).contains("no-such.png"));
    }
}
