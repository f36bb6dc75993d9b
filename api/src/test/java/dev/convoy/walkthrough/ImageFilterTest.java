package dev.convoy.walkthrough;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Image;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilterTest {

    @Test
    void clippingCutsOffAndRescalingStretches() {
        Tensor filtered = Tensor.of(new float[] {-100, 0, 100, 300}, 2, 2, 1);
        assertArrayEquals(
                new byte[] {0, 0, 100, (byte) 255},
                ImageFilter.clipped(filtered).pixels());
        // 255 · (0 + 100) / 400 = 63.75, 255 · 200 / 400 = 127.5
        assertArrayEquals(
                new byte[] {0, 64, (byte) 128, (byte) 255},
                ImageFilter.rescaled(filtered).pixels());
    }

    @Test
    void anEvenPictureRescalesToBlack() {
        Tensor even = Tensor.of(new float[] {7, 7, 7}, 1, 1, 3);
        assertArrayEquals(new byte[3], ImageFilter.rescaled(even).pixels());
    }

    @Test
    void kernelsAreOfOnePlane() {
        WalkthroughTest.assertRefused(
                "A kernel for pictures is [kh, kw, 1], got float64[1, 1, 2]. Remedy: give one plane, it is applied to"
                        + " each channel",
                () -> ImageFilter.of(Matrices.parse("1|2"), 3));
    }

    @Test
    void unknownKernelsListAll() {
        WalkthroughTest.assertRefused(
                "There is no kernel 'sobel'. Remedy: take one of identity, sobel-top, sobel-bottom, sobel-left,"
                        + " sobel-right, sharpen, box-blur, gaussian-blur, edge-detection, horizontal-top,"
                        + " vertical-left, horizontal-bottom, vertical-right",
                () -> ImageKernel.named("sobel"));
        assertEquals("1/16 × [1 2 1; 2 4 2; 1 2 1]", ImageKernel.GAUSSIAN_BLUR.toString());
        assertEquals("[1 0 -1; 2 0 -2; 1 0 -1]", ImageKernel.SOBEL_LEFT.toString());
    }

    @Test
    void writtenPicturesReadBack(@TempDir Path folder) throws IOException {
        Image grey = Image.of(3, 2, 1, new byte[] {0, 50, 100, (byte) 150, (byte) 200, (byte) 255});
        Image colour = Image.of(2, 1, 3, new byte[] {1, 2, 3, (byte) 253, (byte) 254, (byte) 255});
        for (Image image : new Image[] {grey, colour}) {
            Path file = folder.resolve("x.png");
            image.writePng(file);
            assertEquals(image, Image.read(file));
        }
    }
}
