package dev.convoy.data;

/**
 * How an image file is decoded.
 *
 * @param maxPixels the most pixels (width times height) an image may declare; larger ones are refused before memory is
 *     taken. Default: {@value #DEFAULT_MAX_PIXELS}, as Pillow
 * @param applyOrientation whether the EXIF orientation is applied, so that the image is upright, as browsers show it
 *     (default). Keras' {@code load_img} and Pillow's {@code Image.open} do not apply it
 */
public record DecodeOptions(long maxPixels, boolean applyOrientation) {

    /** Twice Pillow's {@code MAX_IMAGE_PIXELS}: where Pillow raises {@code DecompressionBombError}. */
    public static final long DEFAULT_MAX_PIXELS = 178_956_970;

    /**
     * @throws IllegalArgumentException if maxPixels is not positive
     */
    public DecodeOptions {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("maxPixels is positive, got " + maxPixels);
        }
    }

    public static DecodeOptions defaults() {
        return new DecodeOptions(DEFAULT_MAX_PIXELS, true);
    }

    public DecodeOptions withMaxPixels(long pixels) {
        return new DecodeOptions(pixels, applyOrientation);
    }

    public DecodeOptions withOrientation(boolean apply) {
        return new DecodeOptions(maxPixels, apply);
    }
}
