package dev.convoy.data.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The files of a zip archive. */
record ZipFiles(Path path) implements FileSource {

    /** Deflate cannot do better. */
    private static final int BEST_COMPRESSION = 1032;

    private static final String REMEDY = "copy or download the file again";

    @Override
    public Listing list() throws IOException {
        try (ZipFile zip = open()) {
            List<Entry> entries = new ArrayList<>();
            for (Map.Entry<String, ZipEntry> file : files(zip).entrySet()) {
                entries.add(new Entry(file.getKey(), file.getValue().getSize()));
            }
            return new Listing(entries, List.of());
        }
    }

    @Override
    public void read(Choice choice, Sink sink) throws IOException {
        try (ZipFile zip = open()) {
            for (Map.Entry<String, ZipEntry> file : files(zip).entrySet()) {
                if (choice.wants(new Entry(file.getKey(), file.getValue().getSize()))) {
                    byte[] content;
                    try {
                        content = content(zip, file.getValue());
                    } catch (IOException e) {
                        sink.unreadable(file.getKey(), e);
                        continue;
                    }
                    sink.accept(file.getKey(), content);
                }
            }
        }
    }

    private ZipFile open() throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new ArchiveException(path.toString(), 0, "the zip file is damaged: " + e.getMessage(), REMEDY);
        }
    }

    /** By name, in the order of the archive's directory. What an entry declares is compared with what is stored. */
    private Map<String, ZipEntry> files(ZipFile zip) throws IOException {
        long fileBytes = Files.size(path);
        EntryNames names = new EntryNames(path.toString());
        Map<String, ZipEntry> files = new LinkedHashMap<>();
        try {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.isDirectory()) {
                    continue;
                }
                long size = entry.getSize();
                long stored = entry.getCompressedSize();
                if (size < 0 || stored < 0 || stored > fileBytes || size / BEST_COMPRESSION > stored) {
                    throw new ArchiveException(
                            path.toString(),
                            0,
                            "'" + entry.getName() + "' declares " + size + " bytes, stored as " + stored
                                    + " of a file of " + fileBytes,
                            "do not trust this archive");
                }
                files.put(names.add(entry.getName(), 0), entry);
            }
        } catch (IllegalArgumentException e) {
            throw new ArchiveException(path.toString(), 0, "the zip file is damaged: " + e.getMessage(), REMEDY);
        }
        return files;
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        if (entry.getSize() > Integer.MAX_VALUE - 8) {
            throw new ZipException("it has " + entry.getSize() + " bytes, more than 2 GiB");
        }
        int size = (int) entry.getSize();
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(size);
            if (bytes.length != size || in.read() != -1) {
                throw new ZipException("it is not as long as it declares (" + size + " bytes)");
            }
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if (entry.getCrc() != crc.getValue()) {
                throw new ZipException("it has a wrong checksum");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new ZipException("it is damaged: " + e.getMessage());
        }
    }
}
