package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Resizing of 8-bit images, held to Pillow's pixels and to small cases worked out by hand. */
class ImageResizeTest {

    static Stream<Arguments> cases() {
        return Resources.table("pillow-resize.tsv");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resizesAsPillow(String file, String filter, String size, String resized, String fitted, String padded)
            throws IOException {
        Image image = file.startsWith("photos/")
                ? Image.read(Resources.external(file))
                : Image.decode(Resources.bytes(file), file);
        int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        Resampling resampling = Resampling.valueOf(filter);
        assertEquals(resized, Resources.digest(image.resize(width, height, resampling)), "resize");
        assertEquals(fitted, Resources.digest(image.fit(width, height, resampling)), "ImageOps.fit");
        assertEquals(padded, Resources.digest(image.pad(width, height, resampling)), "ImageOps.pad");
    }

    private static Image grey(int width, int... values) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return Image.of(width, values.length / width, 1, pixels);
    }

    @Test
    void boxAveragesWhatLiesUnderAPixel() {
        assertEquals(grey(2, 15, 35), grey(4, 10, 20, 30, 40).resize(2, 1, Resampling.BOX));
    }

    @Test
    void bilinearWidensWhenItShrinks() {
        // The triangle of radius 2 around 1: weights .75, .75, .25 on the first three pixels, divided by their sum:
        // (0.75 * 10 + 0.75 * 20 + 0.25 * 30) / 1.75 = 17.14; mirrored on the right: 32.86
        assertEquals(grey(2, 17, 33), grey(4, 10, 20, 30, 40).resize(2, 1, Resampling.BILINEAR));
    }

    @Test
    void bilinearInterpolatesWhenItEnlarges() {
        // Centres at 0.25, 0.75, 1.25, 1.75: the outer ones see one pixel, the inner ones a quarter of the other
        assertEquals(grey(4, 0, 50, 150, 200), grey(2, 0, 200).resize(4, 1, Resampling.BILINEAR));
    }

    @Test
    void nearestTakesThePixelUnderTheCentre() {
        // Centres at 0.83, 2.5 and 4.17
        assertEquals(grey(3, 1, 3, 5), grey(5, 1, 2, 3, 4, 5).resize(3, 1, Resampling.NEAREST));
    }

    @Test
    void cubicOvershootIsClipped() {
        // Keys' weights at distances 1.25 and 0.25: -0.0703 and 0.8672 inside, normalised at the border
        Image enlarged = grey(2, 0, 255).resize(4, 1, Resampling.BICUBIC);
        assertEquals(0, enlarged.get(0, 0, 0));
        assertEquals(255, enlarged.get(3, 0, 0));
    }

    @Test
    void theSameSizeIsTheSameImage() {
        Image image = grey(2, 1, 2, 3, 4);
        assertSame(image, image.resize(2, 2, Resampling.LANCZOS));
    }

    @Test
    void refusesEmptySizesAndBoxesOutside() {
        Image image = grey(2, 1, 2, 3, 4);
        assertThrows(IllegalArgumentException.class, () -> image.resize(0, 5, Resampling.BOX));
        assertThrows(IllegalArgumentException.class, () -> image.resize(1, 1, Resampling.BOX, new Box(0, 0, 3, 1)));
        assertThrows(IllegalArgumentException.class, () -> new Box(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Box(Float.NaN, 0, 1, 1));
    }
}
