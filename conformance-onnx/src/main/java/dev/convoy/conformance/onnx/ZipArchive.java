package dev.convoy.conformance.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip file; what an entry declares is compared with what is stored before it is read. */
final class ZipArchive extends TestArchive {

    /** Deflate cannot do better. */
    private static final int BEST_COMPRESSION = 1032;

    private final ZipFile zip;
    private final long bytes;
    private final SortedMap<String, ZipEntry> entries = new TreeMap<>();

    private ZipArchive(Path path, ZipFile zip) throws IOException {
        super(String.valueOf(path.getFileName()));
        this.zip = zip;
        this.bytes = Files.size(path);
        if (zip.size() > MOST_FILES) {
            throw new TestArchiveException(
                    "'" + name() + "' has " + zip.size() + " entries, more than the limit of " + MOST_FILES);
        }
        for (ZipEntry entry : Collections.list(zip.entries())) {
            add(entry);
        }
    }

    static ZipArchive of(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw new TestArchiveException(
                    "'" + path + "' is neither a folder nor a zip file, or is damaged: " + e.getMessage(), e);
        }
        try {
            return new ZipArchive(path, zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void add(ZipEntry entry) throws TestArchiveException {
        String file = entry.getName();
        boolean leaves = file.isEmpty()
                || file.startsWith("/")
                || file.contains("\\")
                || file.contains(":")
                || file.contains("\0")
                || ("/" + file + "/").contains("/../");
        if (leaves) {
            throw problem(file, "has a name that leads out of the archive");
        }
        if (!entry.isDirectory() && entries.put(file, entry) != null) {
            throw problem(file, "is there twice");
        }
    }

    @Override
    public SortedSet<String> files() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(entries.keySet()));
    }

    private ZipEntry entry(String file) throws TestArchiveException {
        ZipEntry entry = entries.get(file);
        if (entry == null) {
            throw problem(file, "is not there");
        }
        return entry;
    }

    @Override
    long size(String file) throws IOException {
        ZipEntry entry = entry(file);
        long size = entry.getSize();
        long stored = entry.getCompressedSize();
        if (size < 0 || stored < 0 || stored > bytes || size > stored * BEST_COMPRESSION) {
            throw problem(file, "declares " + size + " bytes, stored as " + stored + " of a file of " + bytes);
        }
        return size;
    }

    @Override
    InputStream stream(String file) throws IOException {
        try {
            return zip.getInputStream(entry(file));
        } catch (ZipException e) {
            throw new TestArchiveException("'" + file + "' in '" + name() + "' is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
