package dev.convoy.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes image files with the JDK's own readers: the format by its first bytes, the size checked before the pixels. */
final class ImageDecoder {

    static final long MAX_FILE_BYTES = 1L << 28;

    /** What decoding takes at most for each pixel: 16-bit RGBA samples, one row buffer aside, and the 8-bit result. */
    private static final int BYTES_PER_PIXEL = 11;

    private static final String CONVERT = "convert it to PNG or JPEG";
    private static final String EXPORT_AGAIN = "copy or export the file again; it seems to be damaged";

    private enum Format {
        PNG(0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a),
        JPEG(0xff, 0xd8, 0xff),
        GIF('G', 'I', 'F', '8'),
        BMP('B', 'M');

        private final int[] magic;

        Format(int... magic) {
            this.magic = magic;
        }
    }

    private ImageDecoder() {}

    static Image decode(byte[] file, String name, DecodeOptions options) throws ImageException {
        Format format = format(file, name);
        ImageReader reader = reader(format);
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            boolean ignoreMetadata = format != Format.GIF;
            reader.setInput(stream, true, ignoreMetadata);
            checkSize(reader.getWidth(0), reader.getHeight(0), name, options);
            if (format == Format.GIF) {
                checkSize(GifScreen.width(file), GifScreen.height(file), name, options);
            }
            Image image = decode(format, reader, file, options);
            refuseTruncated(warnings, name);
            return image;
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's readers answer damaged files with any of these.
            throw new ImageException(name, "the " + format + " data is broken (" + reason(e) + ")", EXPORT_AGAIN, e);
        } finally {
            reader.dispose();
        }
    }

    private static Image decode(Format format, ImageReader reader, byte[] file, DecodeOptions options)
            throws IOException {
        return switch (format) {
            case JPEG -> {
                JpegMarkers markers = JpegMarkers.read(file);
                Image image = markers.colour().toImage(reader.readRaster(0, null));
                yield oriented(image, markers.orientation(), options);
            }
            case PNG -> oriented(Image.of(reader.read(0)), PngChunks.orientation(file), options);
            case GIF -> GifScreen.firstFrame(reader, file);
            case BMP -> Image.of(reader.read(0));
        };
    }

    private static Image oriented(Image image, int orientation, DecodeOptions options) {
        return options.applyOrientation() ? ExifOrientation.apply(image, orientation) : image;
    }

    private static Format format(byte[] file, String name) throws ImageException {
        for (Format format : Format.values()) {
            if (startsWith(file, 0, format.magic)) {
                return format;
            }
        }
        if (file.length == 0) {
            throw new ImageException(name, "the file is empty", EXPORT_AGAIN);
        }
        throw new ImageException(name, foreign(file) + "; PNG, JPEG, GIF and BMP are read", CONVERT);
    }

    private static String foreign(byte[] file) {
        if (startsWith(file, 8, 'W', 'E', 'B', 'P')) {
            return "this is a WebP image";
        }
        if (startsWith(file, 0, 'I', 'I', 42, 0) || startsWith(file, 0, 'M', 'M', 0, 42)) {
            return "this is a TIFF image";
        }
        if (startsWith(file, 4, 'f', 't', 'y', 'p')) {
            return "this is a HEIC or AVIF image, or a video";
        }
        return startsWith(file, 0, '%', 'P', 'D', 'F') ? "this is a PDF document" : "this is no image format known";
    }

    private static boolean startsWith(byte[] file, int offset, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (offset + i >= file.length || (file[offset + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** The JDK's reader, even where other plug-ins are on the class path: those may decode differently. */
    private static ImageReader reader(Format format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                return reader;
            }
            reader.dispose();
        }
        throw new IllegalStateException("This Java runtime has no " + format + " reader; it needs java.desktop");
    }

    private static void checkSize(int width, int height, String name, DecodeOptions options) throws ImageException {
        long pixels = (long) width * height;
        if (pixels > options.maxPixels()) {
            throw new ImageException(
                    name,
                    "the image is " + width + "x" + height + ", more than " + options.maxPixels() + " pixels",
                    "shrink it, or raise DecodeOptions.maxPixels");
        }
        long needed = pixels * BYTES_PER_PIXEL;
        if (!Memory.holds(needed)) {
            throw new ImageException(
                    name,
                    "the image is " + width + "x" + height + " and needs about " + Memory.mebibytes(needed)
                            + " to decode; " + Memory.mebibytes(Memory.free()) + " are free",
                    "shrink it, or give Java more memory (-Xmx)");
        }
    }

    /** The JDK's JPEG and PNG readers only warn when the data ends early; Pillow refuses such files. */
    private static void refuseTruncated(List<String> warnings, String name) throws ImageException {
        for (String warning : warnings) {
            if (warning.contains("Premature end") || warning.contains("truncated") || warning.contains("EOI")) {
                throw new ImageException(name, "the image data ends early (" + warning + ")", EXPORT_AGAIN);
            }
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
