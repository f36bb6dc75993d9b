package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * An immutable 8-bit image: RGB (three channels) or grey (one), rows from top to bottom, channels next to each other.
 * Decoding, conversion and resizing give the pixels that Pillow gives.
 */
public final class Image {

    private final int width;
    private final int height;
    private final int channels;
    private final byte[] pixels;

    private Image(int width, int height, int channels, byte[] pixels) {
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.pixels = pixels;
    }

    /**
     * An image holding a copy of the pixels.
     *
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param pixels unsigned bytes in the order {@code [height, width, channels]}
     * @throws IllegalArgumentException if the sizes are not positive or do not fit the array
     */
    public static Image of(int width, int height, int channels, byte[] pixels) {
        return wrap(width, height, channels, pixels.clone());
    }

    /** As {@link #of(int, int, int, byte[])} without the copy; the array must not be changed afterwards. */
    static Image wrap(int width, int height, int channels, byte[] pixels) {
        if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException("An image has a positive size and 1 or 3 channels, got " + width + "x"
                    + height + " with " + channels);
        }
        if ((long) width * height * channels != pixels.length) {
            throw new IllegalArgumentException("An image of " + width + "x" + height + " with " + channels
                    + " channels has " + (long) width * height * channels + " bytes, got " + pixels.length);
        }
        return new Image(width, height, channels, pixels);
    }

    /** A copy of an AWT image, a camera's frame for example; transparency is dropped. */
    public static Image of(BufferedImage image) {
        return Rasters.toImage(image.getRaster(), image.getColorModel());
    }

    /**
     * Reads a PNG, JPEG, GIF (first frame) or BMP file, upright.
     *
     * @throws ImageException if the file is of another format, broken or too large
     * @throws IOException if the file cannot be read
     */
    public static Image read(Path file) throws IOException {
        return read(file, DecodeOptions.defaults());
    }

    /**
     * Reads a PNG, JPEG, GIF (first frame) or BMP file.
     *
     * @throws ImageException if the file is of another format, broken or too large
     * @throws IOException if the file cannot be read
     */
    public static Image read(Path file, DecodeOptions options) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ImageException(file.toString(), "this is a folder", "name a file in it");
        }
        long size = Files.size(file);
        if (size > ImageDecoder.MAX_FILE_BYTES) {
            throw new ImageException(
                    file.toString(),
                    "the file has " + size + " bytes, more than an image file may have (" + ImageDecoder.MAX_FILE_BYTES
                            + ")",
                    "shrink or recompress the image");
        }
        return ImageDecoder.decode(Files.readAllBytes(file), file.toString(), options);
    }

    /**
     * Decodes the bytes of a PNG, JPEG, GIF (first frame) or BMP file, upright.
     *
     * @param name how to call the image in error messages
     * @throws ImageException if the bytes are of another format, broken or too large
     */
    public static Image decode(byte[] file, String name) throws ImageException {
        return ImageDecoder.decode(file, name, DecodeOptions.defaults());
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** 3 for red, green and blue, 1 for grey. */
    public int channels() {
        return channels;
    }

    /** The pixels as unsigned bytes {@code [height, width, channels]}: the array itself, not a copy; read only. */
    public byte[] pixels() {
        return pixels;
    }

    /** One channel of a pixel, 0 to 255. */
    public int get(int x, int y, int channel) {
        if (x < 0 || x >= width || y < 0 || y >= height || channel < 0 || channel >= channels) {
            throw new IndexOutOfBoundsException(
                    "Pixel (" + x + ", " + y + "), channel " + channel + " is outside of " + this);
        }
        return pixels[(y * width + x) * channels + channel] & 0xff;
    }

    /** This image in colour; a grey value becomes all three channels. */
    public Image toRgb() {
        if (channels == 3) {
            return this;
        }
        byte[] rgb = newPixels(width, height, 3);
        for (int i = 0; i < pixels.length; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, pixels[i]);
        }
        return wrap(width, height, 3, rgb);
    }

    /**
     * This image in grey: luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, in 16-bit fixed point with rounding, as
     * Pillow's {@code convert("L")}.
     */
    public Image toGrey() {
        if (channels == 1) {
            return this;
        }
        byte[] grey = newPixels(width, height, 1);
        for (int i = 0; i < grey.length; i++) {
            int red = pixels[3 * i] & 0xff;
            int green = pixels[3 * i + 1] & 0xff;
            int blue = pixels[3 * i + 2] & 0xff;
            grey[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
        }
        return wrap(width, height, 1, grey);
    }

    /** Stretches this image to a size, as Pillow's {@code resize((width, height), resampling)}. */
    public Image resize(int newWidth, int newHeight, Resampling resampling) {
        return resize(newWidth, newHeight, resampling, Box.whole(width, height));
    }

    /**
     * Stretches a part of this image to a size, as Pillow's {@code resize((width, height), resampling, box)}: filters
     * reach beyond the part's edges where there are pixels.
     *
     * @throws IllegalArgumentException if the new size is not positive or the box reaches outside of this image
     */
    public Image resize(int newWidth, int newHeight, Resampling resampling, Box box) {
        if (newWidth < 1 || newHeight < 1) {
            throw new IllegalArgumentException(
                    "The new size of an image is positive, got " + newWidth + "x" + newHeight);
        }
        if (box.right() > width || box.bottom() > height) {
            throw new IllegalArgumentException(box + " reaches outside of " + this);
        }
        return PillowResize.resize(this, newWidth, newHeight, resampling, box);
    }

    /** Cuts the centre out in the target's aspect ratio and resizes it, as Pillow's {@code ImageOps.fit}. */
    public Image fit(int newWidth, int newHeight, Resampling resampling) {
        return resize(newWidth, newHeight, resampling, Box.centred(width, height, newWidth, newHeight));
    }

    /** Resizes the whole image in its own aspect ratio and centres it on black, as Pillow's {@code ImageOps.pad}. */
    public Image pad(int newWidth, int newHeight, Resampling resampling) {
        double ratio = (double) width / height;
        double wanted = (double) newWidth / newHeight;
        int innerWidth = newWidth;
        int innerHeight = newHeight;
        if (ratio > wanted) {
            innerHeight = Math.max(1, (int) Math.rint((double) height / width * newWidth));
        } else if (ratio < wanted) {
            innerWidth = Math.max(1, (int) Math.rint((double) width / height * newHeight));
        }
        Image inner = resize(innerWidth, innerHeight, resampling);
        int left = (int) Math.rint((newWidth - innerWidth) * 0.5);
        int top = (int) Math.rint((newHeight - innerHeight) * 0.5);
        byte[] canvas = newPixels(newWidth, newHeight, channels);
        int row = innerWidth * channels;
        for (int y = 0; y < innerHeight; y++) {
            System.arraycopy(inner.pixels, y * row, canvas, ((top + y) * newWidth + left) * channels, row);
        }
        return wrap(newWidth, newHeight, channels, canvas);
    }

    /** The pixel values 0 to 255 as float32 {@code [height, width, channels]}, as Keras' {@code img_to_array}. */
    public Tensor toTensor() {
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] & 0xff;
        }
        return Tensor.wrap(TensorSpec.of(DataType.FLOAT32, height, width, channels), values);
    }

    /**
     * Writes a PNG file, or replaces one.
     *
     * @throws IOException if the folder does not exist, or writing fails
     */
    public void writePng(Path file) throws IOException {
        AtomicFiles.write(file, this::encode);
    }

    /** The bytes of a PNG file. */
    public byte[] toPng() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            encode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void encode(OutputStream out) throws IOException {
        BufferedImage image = new BufferedImage(
                width, height, channels == 3 ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
        if (channels == 3) {
            for (int i = 0; i < width * height; i++) {
                int rgb = (pixels[3 * i] & 0xff) << 16 | (pixels[3 * i + 1] & 0xff) << 8 | pixels[3 * i + 2] & 0xff;
                image.setRGB(i % width, i / width, rgb);
            }
        } else {
            image.getRaster().setDataElements(0, 0, width, height, pixels);
        }
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("This Java runtime cannot write PNG files");
        }
    }

    static byte[] newPixels(int width, int height, int channels) {
        long bytes = (long) width * height * channels;
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "An image of " + width + "x" + height + " with " + channels + " channels is too large");
        }
        return new byte[(int) bytes];
    }

    /** Equal sizes and pixels. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Image image
                && width == image.width
                && height == image.height
                && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }

    /** For example {@code Image 640x427 RGB}. */
    @Override
    public String toString() {
        return "Image " + width + "x" + height + (channels == 3 ? " RGB" : " grey");
    }
}
