package dev.convoy.data;

import java.awt.image.Raster;

/** What the components of a JPEG file mean, and their conversion to RGB, as libjpeg and Pillow compute it. */
enum JpegColour {
    GREY,
    RGB,
    YCC,
    CMYK,
    /** CMYK whose first three components are stored as luma and chroma. */
    YCCK;

    private static final int SCALE_BITS = 16;
    private static final int HALF = 1 << (SCALE_BITS - 1);

    /**
     * @param raster the components as stored; inks are stored inverted, as Adobe's programs do and Pillow assumes
     */
    Image toImage(Raster raster) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int channels = this == GREY ? 1 : 3;
        byte[] pixels = Image.newPixels(width, raster.getHeight(), channels);
        int[] row = new int[width * bands];
        int[] pixel = new int[3];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                convert(row, x * bands, pixel);
                for (int c = 0; c < channels; c++) {
                    pixels[(y * width + x) * channels + c] = (byte) pixel[c];
                }
            }
        }
        return Image.wrap(width, raster.getHeight(), channels, pixels);
    }

    private void convert(int[] row, int at, int[] pixel) {
        switch (this) {
            case GREY -> pixel[0] = row[at];
            case RGB -> System.arraycopy(row, at, pixel, 0, 3);
            case YCC -> toRgb(row, at, pixel);
            case CMYK -> {
                System.arraycopy(row, at, pixel, 0, 3);
                inkToRgb(pixel, row[at + 3]);
            }
            case YCCK -> {
                toRgb(row, at, pixel);
                for (int c = 0; c < 3; c++) {
                    pixel[c] = 255 - pixel[c];
                }
                inkToRgb(pixel, row[at + 3]);
            }
        }
    }

    /** JFIF's conversion in 16-bit fixed point (libjpeg's {@code jdcolor.c}). */
    private static void toRgb(int[] row, int at, int[] rgb) {
        int y = row[at];
        int cb = row[at + 1] - 128;
        int cr = row[at + 2] - 128;
        rgb[0] = clamp(y + ((fix(1.40200) * cr + HALF) >> SCALE_BITS));
        rgb[1] = clamp(y + ((-fix(0.34414) * cb - fix(0.71414) * cr + HALF) >> SCALE_BITS));
        rgb[2] = clamp(y + ((fix(1.77200) * cb + HALF) >> SCALE_BITS));
    }

    /** Pillow's {@code cmyk2rgb} on inverted inks: the light that black lets through, less what each ink takes of it. */
    private static void inkToRgb(int[] inverted, int light) {
        for (int c = 0; c < 3; c++) {
            int product = (255 - inverted[c]) * light + 128;
            inverted[c] = clamp(light - (((product >> 8) + product) >> 8));
        }
    }

    private static int fix(double factor) {
        return (int) (factor * (1 << SCALE_BITS) + 0.5);
    }

    private static int clamp(int value) {
        return Math.clamp(value, 0, 255);
    }
}
