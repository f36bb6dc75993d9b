package dev.convoy.data;

import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Turns AWT rasters into {@link Image}s with the samples as they are stored. AWT's own {@code getRGB} would convert
 * between colour spaces, which changes grey values; Pillow does not.
 */
final class Rasters {

    private Rasters() {}

    static Image toImage(Raster raster, ColorModel model) {
        if (model instanceof IndexColorModel palette) {
            return fromPalette(raster, palette);
        }
        return model instanceof ComponentColorModel && raster.getTransferType() != DataBuffer.TYPE_INT
                ? fromSamples(raster)
                : fromPacked(raster, model);
    }

    private static Image fromPalette(Raster raster, IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int width = raster.getWidth();
        byte[] rgb = Image.newPixels(width, raster.getHeight(), 3);
        int[] row = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                put(rgb, y * width + x, row[x] < colours.length ? colours[row[x]] : 0);
            }
        }
        return Image.wrap(width, raster.getHeight(), 3, rgb);
    }

    private static Image fromPacked(Raster raster, ColorModel model) {
        int width = raster.getWidth();
        byte[] rgb = Image.newPixels(width, raster.getHeight(), 3);
        Object element = null;
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                element = raster.getDataElements(raster.getMinX() + x, raster.getMinY() + y, element);
                put(rgb, y * width + x, model.getRGB(element));
            }
        }
        return Image.wrap(width, raster.getHeight(), 3, rgb);
    }

    /** Grey, grey and alpha, RGB or RGB and alpha, 8 or 16 bits each. */
    private static Image fromSamples(Raster raster) {
        int bands = raster.getNumBands();
        int channels = bands < 3 ? 1 : 3;
        boolean wide = raster.getSampleModel().getSampleSize(0) > 8;
        int width = raster.getWidth();
        byte[] pixels = Image.newPixels(width, raster.getHeight(), channels);
        int[] row = new int[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    int sample = row[x * bands + c];
                    pixels[(y * width + x) * channels + c] = (byte) (wide ? narrow(sample, bands) : sample);
                }
            }
        }
        return Image.wrap(width, raster.getHeight(), channels, pixels);
    }

    /** Pillow keeps 16-bit grey as it is and clips it at 255 when it makes 8 bits of it; of all others it takes the high byte. */
    private static int narrow(int sample, int bands) {
        return bands == 1 ? Math.min(sample, 255) : sample >> 8;
    }

    private static void put(byte[] rgb, int pixel, int colour) {
        rgb[3 * pixel] = (byte) (colour >> 16);
        rgb[3 * pixel + 1] = (byte) (colour >> 8);
        rgb[3 * pixel + 2] = (byte) colour;
    }
}
