package dev.convoy.data;

/**
 * A region of an image in pixels, edges on pixel borders, fractions allowed: Pillow's {@code box}, single precision as
 * there.
 *
 * @param left 0 is the image's left edge
 * @param top 0 is the image's top edge
 * @param right exclusive, at most the width
 * @param bottom exclusive, at most the height
 */
public record Box(float left, float top, float right, float bottom) {

    /**
     * @throws IllegalArgumentException if it is empty, starts before 0 or is not finite
     */
    public Box {
        if (!(left >= 0 && top >= 0 && right > left && bottom > top) || right + bottom == Float.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("A box has 0 <= left < right and 0 <= top < bottom, got (" + left + ", "
                    + top + ", " + right + ", " + bottom + ")");
        }
    }

    /** A whole image. */
    static Box whole(int width, int height) {
        return new Box(0, 0, width, height);
    }

    /**
     * The largest centred part of an image with a given aspect ratio, as Pillow's {@code ImageOps.fit} cuts it.
     *
     * @param width of the image
     * @param height of the image
     */
    static Box centred(int width, int height, int targetWidth, int targetHeight) {
        double ratio = (double) width / height;
        double wanted = (double) targetWidth / targetHeight;
        double cropWidth = ratio > wanted ? wanted * height : width;
        double cropHeight = ratio < wanted ? width / wanted : height;
        double left = (width - cropWidth) * 0.5;
        double top = (height - cropHeight) * 0.5;
        return new Box((float) left, (float) top, (float) (left + cropWidth), (float) (top + cropHeight));
    }
}
