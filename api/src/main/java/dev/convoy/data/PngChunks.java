package dev.convoy.data;

import java.nio.ByteBuffer;

/** The chunks of a PNG file (PNG third edition, 5.3) that the JDK's reader does not look at. */
final class PngChunks {

    private static final int SIGNATURE = 8;
    private static final int EXIF = 'e' << 24 | 'X' << 16 | 'I' << 8 | 'f';

    private PngChunks() {}

    /** The orientation of the file's eXIf chunk, 1 without one. */
    static int orientation(byte[] file) {
        ByteBuffer chunks = ByteBuffer.wrap(file);
        long at = SIGNATURE;
        while (at + 12 <= file.length) {
            long length = Integer.toUnsignedLong(chunks.getInt((int) at));
            if (at + 12 + length > file.length) {
                return 1;
            }
            if (chunks.getInt((int) at + 4) == EXIF) {
                return ExifOrientation.of(chunks.slice((int) at + 8, (int) length));
            }
            at += 12 + length;
        }
        return 1;
    }
}
