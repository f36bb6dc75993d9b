package dev.convoy.importers.keras.internal.file;

import dev.convoy.data.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes {@code .keras} zip files: stored, not compressed, as Keras does, and with the same time on every entry, so that
 * the same content gives the same bytes.
 */
public final class KerasArchiveWriter {

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private KerasArchiveWriter() {}

    /**
     * Writes or replaces an archive.
     *
     * @param texts small entries, which come first
     * @param name of the large entry
     * @param size its length in bytes
     * @param large writes it; called twice, with the same result
     * @throws IOException if writing fails; what was there stays
     */
    public static void write(
            Path target, SequencedMap<String, String> texts, String name, long size, AtomicFiles.Content large)
            throws IOException {
        AtomicFiles.write(target, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (String text : texts.keySet()) {
                byte[] bytes = texts.get(text).getBytes(StandardCharsets.UTF_8);
                CRC32 crc = new CRC32();
                crc.update(bytes);
                zip.putNextEntry(stored(text, bytes.length, crc.getValue()));
                zip.write(bytes);
            }
            zip.putNextEntry(stored(name, size, checksum(large)));
            large.writeTo(zip);
            zip.finish();
        });
    }

    /** A stored entry states it before the content. */
    private static long checksum(AtomicFiles.Content content) throws IOException {
        CRC32 crc = new CRC32();
        content.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
        return crc.getValue();
    }

    private static ZipEntry stored(String name, long size, long crc) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCrc(crc);
        entry.setTimeLocal(TIME);
        return entry;
    }
}
