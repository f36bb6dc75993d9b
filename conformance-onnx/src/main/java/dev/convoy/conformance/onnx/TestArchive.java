package dev.convoy.conformance.onnx;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedSet;

/**
 * A zip file or a folder, read under limits: files have names inside it, and are as long as they say. Nothing is unpacked
 * but what {@link #copy} is asked for.
 */
public abstract sealed class TestArchive implements Closeable permits ZipArchive, FolderArchive {

    /** How many files an archive may hold. */
    static final int MOST_FILES = 200_000;

    private final String name;

    TestArchive(String name) {
        this.name = name;
    }

    /**
     * Opens a folder or a zip file.
     *
     * @throws NoSuchFileException if there is none
     * @throws TestArchiveException if it is damaged, has names that lead out of it, or too many files
     */
    public static TestArchive open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new FolderArchive(path);
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return ZipArchive.of(path);
    }

    /** Its file name. */
    public String name() {
        return name;
    }

    /** The names of all files, with {@code /} between folders. */
    public abstract SortedSet<String> files();

    /** The bytes of a file as it declares them. */
    abstract long size(String file) throws IOException;

    abstract InputStream stream(String file) throws IOException;

    /**
     * The bytes of a file.
     *
     * @throws TestArchiveException if it has more than {@code limit}, or is not as long as it says
     */
    public byte[] read(String file, int limit) throws IOException {
        int size = Math.toIntExact(checkedSize(file, limit));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        transfer(file, size, bytes);
        return bytes.toByteArray();
    }

    /**
     * Copies a file to another place.
     *
     * @throws TestArchiveException if it has more than {@code limit} bytes, or is not as long as it says
     */
    public void copy(String file, Path target, long limit) throws IOException {
        long size = checkedSize(file, limit);
        try (OutputStream out = Files.newOutputStream(target)) {
            transfer(file, size, out);
        }
    }

    private long checkedSize(String file, long limit) throws IOException {
        if (!files().contains(file)) {
            throw new TestArchiveException("'" + name + "' has no file '" + file + "'");
        }
        long size = size(file);
        if (size > limit) {
            throw problem(file, "has " + size + " bytes, more than the limit of " + limit);
        }
        return size;
    }

    private void transfer(String file, long size, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        try (InputStream in = stream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0) {
                    break;
                }
                out.write(buffer, 0, read);
            }
        }
        if (left != 0) {
            throw problem(file, "is not as long as it declares, " + size + " bytes");
        }
    }

    TestArchiveException problem(String file, String what) {
        return new TestArchiveException("'" + file + "' in '" + name + "' " + what);
    }
}
