package dev.convoy.importers.keras.internal.file;

import dev.convoy.importers.keras.internal.FormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A {@code .keras} zip file. Entries are read into memory, never unpacked to disk; names that leave the folder or occur
 * twice are refused, and what an entry declares is compared with what is stored before anything is allocated.
 */
public final class KerasArchive implements AutoCloseable {

    /** Deflate cannot do better. */
    private static final int BEST_COMPRESSION = 1032;

    private static final int MOST_ENTRIES = 10_000;

    private final ZipFile zip;
    private final long fileBytes;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private KerasArchive(ZipFile zip, long fileBytes) {
        this.zip = zip;
        this.fileBytes = fileBytes;
        if (zip.size() > MOST_ENTRIES) {
            throw malformed("has " + zip.size() + " entries, more than " + MOST_ENTRIES);
        }
        zip.stream().forEach(this::add);
    }

    /**
     * @throws IOException if the file cannot be read
     * @throws FormatException if it is damaged, or a name in it is not allowed
     */
    public static KerasArchive open(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            String reason = e instanceof EOFException ? "it ends before its last entry" : e.getMessage();
            throw new FormatException("the zip file is damaged: " + reason, "copy or download the file again", e);
        }
        try {
            return new KerasArchive(zip, Files.size(path));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void add(ZipEntry entry) {
        String name = entry.getName();
        boolean leaves = name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || name.contains("\0")
                || (name + "/").contains("../");
        if (leaves) {
            throw malformed("has an entry named '" + name + "', which points out of the archive");
        }
        if (entries.put(name, entry) != null) {
            throw malformed("has two entries named '" + name + "'");
        }
    }

    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /** An entry's text in UTF-8, or empty if there is none of that name. */
    public Optional<String> text(String name, long limit) {
        return bytes(name, limit).map(b -> new String(b, StandardCharsets.UTF_8));
    }

    /**
     * An entry's bytes, or empty if there is none of that name.
     *
     * @throws FormatException if it is larger than the limit, or not what it declares
     */
    public Optional<byte[]> bytes(String name, long limit) {
        ZipEntry entry = entries.get(name);
        return entry == null ? Optional.empty() : Optional.of(read(entry, limit));
    }

    private byte[] read(ZipEntry entry, long limit) {
        long size = entry.getSize();
        long stored = entry.getCompressedSize();
        String name = "'" + entry.getName() + "'";
        if (size < 0 || stored < 0 || stored > fileBytes || size > stored * BEST_COMPRESSION) {
            throw malformed(name + " declares " + size + " bytes, stored as " + stored + " of a file of " + fileBytes);
        }
        if (size > Math.min(limit, Integer.MAX_VALUE - 8)) {
            throw new FormatException(
                    "in the .keras file, " + name + " has " + size + " bytes, the limit is "
                            + Math.min(limit, Integer.MAX_VALUE - 8),
                    "give the JVM more memory with -Xmx");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = new byte[(int) size];
            if (in.readNBytes(bytes, 0, bytes.length) != size || in.read() != -1) {
                throw malformed(name + " is not as long as it declares");
            }
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if (entry.getCrc() != crc.getValue()) {
                throw malformed(name + " has a wrong checksum");
            }
            return bytes;
        } catch (IOException | IllegalArgumentException e) {
            throw new FormatException(
                    "in the .keras file, " + name + " is damaged: " + e.getMessage(),
                    "copy or download the file again",
                    e);
        }
    }

    private static FormatException malformed(String problem) {
        return new FormatException(
                "the .keras file " + problem, "save the model anew from Keras with model.save(\"model.keras\")");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
