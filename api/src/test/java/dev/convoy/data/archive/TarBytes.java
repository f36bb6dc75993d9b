package dev.convoy.data.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes tar archives by the layout of POSIX.1-1988: header blocks of 512 bytes, content padded to 512. */
public final class TarBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public TarBytes file(String name, byte[] content) {
        return entry(name, '0', content);
    }

    TarBytes entry(String name, char type, byte[] content) {
        return raw(header(name, type, octal(content.length), ""), content);
    }

    TarBytes raw(byte[] header, byte[] content) {
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    static byte[] octal(long size) {
        return "%011o\0".formatted(size).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] header(String name, char type, byte[] size, String prefix) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        System.arraycopy(size, 0, block, 124, 12);
        put(block, 136, "00000000000\0");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        put(block, 345, prefix);
        return checked(block);
    }

    /** The checksum: the sum of all bytes with spaces in its own field, six octal digits, NUL, space. */
    static byte[] checked(byte[] block) {
        put(block, 148, "        ");
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    byte[] unended() {
        return out.toByteArray();
    }

    /** With the two empty blocks at the end. */
    public byte[] bytes() {
        ByteArrayOutputStream ended = new ByteArrayOutputStream();
        ended.writeBytes(out.toByteArray());
        ended.writeBytes(new byte[1024]);
        return ended.toByteArray();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }
}
