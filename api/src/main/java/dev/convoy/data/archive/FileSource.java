package dev.convoy.data.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Files with names: those of a folder and the folders in it, or of an archive. */
public sealed interface FileSource permits FolderFiles, ZipFiles, TarFiles {

    /** The most files that are read of one source. */
    int MOST_FILES = 4_000_000;

    /**
     * A file.
     *
     * @param name from the source's root, parts separated by slashes; never absolute, without {@code ..}
     * @param size in bytes, as declared
     */
    record Entry(String name, long size) {}

    /**
     * What a source has.
     *
     * @param entries in the source's own order, each name once
     * @param notes what was left out and why: links, devices
     */
    record Listing(List<Entry> entries, List<String> notes) {
        public Listing {
            entries = List.copyOf(entries);
            notes = List.copyOf(notes);
        }
    }

    /** Chooses the files to read. */
    @FunctionalInterface
    interface Choice {
        boolean wants(Entry entry) throws IOException;
    }

    /** Takes the files that were chosen, one after another. */
    interface Sink {
        void accept(String name, byte[] content) throws IOException;

        /** A file that alone is broken; the others can still be read, unless this throws. */
        void unreadable(String name, IOException reason) throws IOException;
    }

    /**
     * What there is, without reading files.
     *
     * @throws ArchiveException if an archive is broken, or a name in it is not allowed or occurs twice
     * @throws IOException if it cannot be read
     */
    Listing list() throws IOException;

    /**
     * Reads the files that are chosen, in the source's own order.
     *
     * @throws ArchiveException as {@link #list}
     * @throws IOException if it cannot be read, or the sink throws it
     */
    void read(Choice choice, Sink sink) throws IOException;

    /**
     * A folder, or a file told by its first bytes: {@code .zip}, {@code .tar}, {@code .tar.gz}.
     *
     * @throws NoSuchFileException if there is none
     * @throws ArchiveException if the file is something else
     * @throws IOException if it cannot be read
     */
    static FileSource of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new FolderFiles(path);
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(TarReader.BLOCK);
        }
        if (startsWith(start, 'P', 'K', 3, 4) || startsWith(start, 'P', 'K', 5, 6)) {
            return new ZipFiles(path);
        }
        if (startsWith(start, 0x1f, 0x8b)) {
            return new TarFiles(path, true);
        }
        boolean tar = start.length == TarReader.BLOCK
                && new String(start, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
        if (tar || path.toString().toLowerCase(Locale.ROOT).endsWith(".tar")) {
            return new TarFiles(path, false);
        }
        throw new ArchiveException(
                path.toString(), 0, "this is no folder and no zip, tar or tar.gz file", "name one of these");
    }

    private static boolean startsWith(byte[] start, int... magic) {
        byte[] expected = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            expected[i] = (byte) magic[i];
        }
        return start.length >= magic.length && Arrays.equals(start, 0, magic.length, expected, 0, magic.length);
    }
}
