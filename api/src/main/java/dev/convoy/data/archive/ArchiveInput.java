package dev.convoy.data.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** An archive's content from its first byte to its last, unpacked if it is compressed, with the position in it. */
final class ArchiveInput implements AutoCloseable {

    /** Pictures hardly shrink; deflate can make a thousandth of zeros. */
    private static final int MOST_GROWTH = 200;

    /** Up to here any growth is harmless. */
    private static final long SMALL = 1L << 26;

    private static final int BUFFER = 1 << 16;
    private static final String REMEDY = "copy or download the file again";

    private final String name;
    private final Counted stored;
    private final InputStream content;
    private long position;

    private ArchiveInput(String name, Counted stored, InputStream content) {
        this.name = name;
        this.stored = stored;
        this.content = content;
    }

    static ArchiveInput open(Path file, boolean compressed) throws IOException {
        Counted stored = new Counted(Files.newInputStream(file));
        try {
            InputStream content =
                    compressed ? new GZIPInputStream(stored, BUFFER) : new BufferedInputStream(stored, BUFFER);
            return new ArchiveInput(file.toString(), stored, content);
        } catch (EOFException | ZipException e) {
            stored.close();
            throw new ArchiveException(
                    file.toString(), 0, "the compressed content is broken: " + e.getMessage(), REMEDY);
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** Bytes of content read so far. */
    long position() {
        return position;
    }

    ArchiveException broken(long at, String problem) {
        return new ArchiveException(name, at, problem, REMEDY);
    }

    /** As many of the bytes as there still are. */
    byte[] upTo(int count) throws IOException {
        try {
            byte[] bytes = content.readNBytes(count);
            advance(bytes.length);
            return bytes;
        } catch (EOFException | ZipException e) {
            throw broken(position, "the compressed content is broken: " + e.getMessage());
        }
    }

    /** That many bytes. */
    byte[] exactly(int count) throws IOException {
        byte[] bytes = upTo(count);
        if (bytes.length < count) {
            throw broken(position, "the file ends, " + (count - bytes.length) + " bytes early");
        }
        return bytes;
    }

    void skip(long count) throws IOException {
        for (long left = count; left > 0; ) {
            int step = (int) Math.min(left, BUFFER);
            exactly(step);
            left -= step;
        }
    }

    /** Reads what is left, so that checksums at the end are compared. */
    void drain() throws IOException {
        while (upTo(BUFFER).length > 0) {
            // All is done by upTo.
        }
    }

    private void advance(int count) throws ArchiveException {
        position += count;
        if (position > SMALL && position > MOST_GROWTH * stored.count) {
            throw new ArchiveException(
                    name,
                    position,
                    "the content is more than " + MOST_GROWTH + " times as large as the file, which pictures are not",
                    "do not trust this archive");
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    /** Counts what is read of the file. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
