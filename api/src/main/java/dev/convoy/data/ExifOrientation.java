package dev.convoy.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation tag of an EXIF block (EXIF 2.32, tag 0x0112) and the turning it asks for. */
final class ExifOrientation {

    private static final int TAG = 0x0112;
    private static final int TYPE_SHORT = 3;

    private ExifOrientation() {}

    /**
     * @param tiff the block from its TIFF header on
     * @return 1 to 8; 1, upright, if the block has no such tag or is broken
     */
    static int of(ByteBuffer tiff) {
        if (tiff.capacity() < 8) {
            return 1;
        }
        ByteBuffer block = tiff.duplicate();
        switch (block.getShort(0)) {
            case 0x4949 -> block.order(ByteOrder.LITTLE_ENDIAN);
            case 0x4d4d -> block.order(ByteOrder.BIG_ENDIAN);
            default -> {
                return 1;
            }
        }
        long directory = Integer.toUnsignedLong(block.getInt(4));
        if (directory + 2 > block.capacity()) {
            return 1;
        }
        int entries = Short.toUnsignedInt(block.getShort((int) directory));
        for (long at = directory + 2; entries > 0 && at + 12 <= block.capacity(); at += 12, entries--) {
            int entry = (int) at;
            if (Short.toUnsignedInt(block.getShort(entry)) == TAG && block.getShort(entry + 2) == TYPE_SHORT) {
                int value = Short.toUnsignedInt(block.getShort(entry + 8));
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    /** The image as it is to be looked at. */
    static Image apply(Image image, int orientation) {
        if (orientation == 1) {
            return image;
        }
        boolean transposed = orientation >= 5;
        int width = transposed ? image.height() : image.width();
        int height = transposed ? image.width() : image.height();
        int channels = image.channels();
        byte[] source = image.pixels();
        byte[] target = Image.newPixels(width, height, channels);
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int along = transposed ? y : x;
                int down = transposed ? x : y;
                int sourceX = fromRight ? image.width() - 1 - along : along;
                int sourceY = fromBottom ? image.height() - 1 - down : down;
                System.arraycopy(
                        source,
                        (sourceY * image.width() + sourceX) * channels,
                        target,
                        (y * width + x) * channels,
                        channels);
            }
        }
        return Image.wrap(width, height, channels, target);
    }
}
