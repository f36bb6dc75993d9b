package dev.convoy.data.archive;

import java.nio.charset.StandardCharsets;

/**
 * One header block of a tar file (POSIX.1-1988 {@code ustar}, and GNU tar's variant of it).
 *
 * @param name with the prefix
 * @param size of the content that follows, in bytes
 * @param type the type flag
 */
record TarHeader(String name, long size, char type) {

    private static final int NAME_BYTES = 100;
    private static final int SIZE = 124;
    private static final int SIZE_BYTES = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_BYTES = 155;

    /** @param position of the block in the archive */
    static TarHeader parse(byte[] block, ArchiveInput in, long position) throws ArchiveException {
        if (!isChecked(block, octal(block, CHECKSUM, CHECKSUM_BYTES))) {
            throw in.broken(
                    position,
                    position == 0
                            ? "this is no tar archive, its first header has a wrong checksum"
                            : "a header has a wrong checksum");
        }
        long size = size(block);
        if (size < 0) {
            throw in.broken(position + SIZE, "the size of an entry is no number");
        }
        String name = text(block, 0, NAME_BYTES);
        boolean posix = text(block, MAGIC, 6).equals("ustar") && block[MAGIC + 5] == 0;
        String prefix = posix ? text(block, PREFIX, PREFIX_BYTES) : "";
        return new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, size, (char) (block[TYPE] & 0xff));
    }

    /** The sum of the block's bytes, its own field taken as spaces; historical programs summed signed bytes. */
    private static boolean isChecked(byte[] block, long declared) {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < block.length; i++) {
            byte value = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES ? (byte) ' ' : block[i];
            unsigned += value & 0xff;
            signed += value;
        }
        return declared == unsigned || declared == signed;
    }

    /** Octal digits, or from a first byte 0x80 on a big-endian number (GNU tar, for more than 8 GiB); -1 if neither. */
    private static long size(byte[] block) {
        if ((block[SIZE] & 0xff) != 0x80) {
            return octal(block, SIZE, SIZE_BYTES);
        }
        long size = 0;
        for (int i = SIZE + 1; i < SIZE + SIZE_BYTES; i++) {
            if (size >>> 54 != 0) {
                return -1;
            }
            size = size << 8 | block[i] & 0xff;
        }
        return size;
    }

    private static long octal(byte[] block, int from, int length) {
        String digits = text(block, from, length).strip();
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '7') {
                return -1;
            }
            value = value << 3 | digit - '0';
        }
        return value;
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }
}
