package dev.convoy.data.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the regular files of a tar archive one after another: POSIX {@code ustar}, the long names of GNU tar (type
 * {@code L}), and {@code path} and {@code size} of pax headers (type {@code x}, POSIX.1-2001). Folders are passed over;
 * links and devices are left out with a note.
 */
final class TarReader {

    static final int BLOCK = 512;

    private static final int MOST_HEADER_BYTES = 1 << 16;
    private static final int MOST_NOTES = 100;

    /**
     * A file.
     *
     * @param position of its header
     */
    record File(String name, long size, long position) {}

    private final ArchiveInput in;
    private final EntryNames names;
    private final List<String> notes = new ArrayList<>();
    /** Content and padding of the current file that have not been read. */
    private long left;

    private int padding;

    TarReader(ArchiveInput in) {
        this.in = in;
        this.names = new EntryNames(in.name());
    }

    /** What was left out so far. */
    List<String> notes() {
        return notes;
    }

    /** The next file, or null after the last; what was not read of the one before is skipped. */
    @Nullable
    File next() throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        while (true) {
            in.skip(left + padding);
            left = 0;
            padding = 0;
            long position = in.position();
            byte[] block = in.exactly(BLOCK);
            if (isEndMark(block)) {
                in.drain();
                return null;
            }
            TarHeader header = TarHeader.parse(block, in, position);
            switch (header.type()) {
                case 'x' -> attributes.putAll(pax(header, position));
                case 'g' -> refuseGlobal(pax(header, position), position);
                case 'L' -> attributes.put("path", longName(header, position));
                case 'K' -> describing(header, position);
                case '0', '\0', '7' -> {
                    File file = file(header, attributes, position);
                    if (file != null) {
                        return file;
                    }
                    attributes.clear();
                }
                case '1', '2' -> leaveOut("link", attributes.getOrDefault("path", header.name()), attributes);
                case '3', '4', '6' -> leaveOut("device", attributes.getOrDefault("path", header.name()), attributes);
                case '5' -> attributes.clear();
                default ->
                    throw in.broken(
                            position,
                            "entry '" + header.name() + "' is of type '" + header.type() + "', which is not read");
            }
        }
    }

    /** The content of the file that {@link #next} gave. */
    byte[] content() throws IOException {
        byte[] bytes = in.exactly(Math.toIntExact(left));
        left = 0;
        return bytes;
    }

    private static boolean isEndMark(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private void leaveOut(String what, String name, Map<String, String> attributes) {
        if (notes.size() < MOST_NOTES) {
            notes.add(what + " '" + name + "' is not followed");
        }
        attributes.clear();
    }

    /** @return null for a folder, as tar files before POSIX write it */
    private @Nullable File file(TarHeader header, Map<String, String> attributes, long position) throws IOException {
        if (attributes.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"))) {
            throw in.broken(position, "entry '" + header.name() + "' is a sparse file, which is not read");
        }
        String name = attributes.getOrDefault("path", header.name());
        long size = header.size();
        String declared = attributes.get("size");
        if (declared != null) {
            if (!declared.matches("[0-9]{1,18}")) {
                throw in.broken(position, "the size of '" + name + "' is no number: " + declared);
            }
            size = Long.parseLong(declared);
        }
        content(size);
        return name.endsWith("/") ? null : new File(names.add(name, position), size, position);
    }

    private void content(long size) {
        left = size;
        padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    /** The content of a header that describes the next one. */
    private byte[] describing(TarHeader header, long position) throws IOException {
        if (header.size() > MOST_HEADER_BYTES) {
            throw in.broken(
                    position,
                    "a header of type '" + header.type() + "' has " + header.size() + " bytes, more than "
                            + MOST_HEADER_BYTES);
        }
        content(header.size());
        return content();
    }

    private String longName(TarHeader header, long position) throws IOException {
        String name = new String(describing(header, position), StandardCharsets.UTF_8);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    /** Records {@code "%d %s=%s\n"}: the record's length in bytes, all included, a key and a value. */
    private Map<String, String> pax(TarHeader header, long position) throws IOException {
        byte[] bytes = describing(header, position);
        Map<String, String> attributes = new TreeMap<>();
        for (int at = 0; at < bytes.length; ) {
            int space = indexOf(bytes, ' ', at);
            String digits = space < 0 ? "" : new String(bytes, at, space - at, StandardCharsets.ISO_8859_1);
            int length = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
            int equals = indexOf(bytes, '=', at);
            int end = at + length;
            if (space < 0 || equals < space || end <= equals || end > bytes.length || bytes[end - 1] != '\n') {
                throw in.broken(position + BLOCK + at, "a pax header is not made of records");
            }
            String key = new String(bytes, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            attributes.put(key, new String(bytes, equals + 1, end - 1 - equals - 1, StandardCharsets.UTF_8));
            at = end;
        }
        return attributes;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private void refuseGlobal(Map<String, String> attributes, long position) throws ArchiveException {
        if (attributes.containsKey("path") || attributes.containsKey("size")) {
            throw in.broken(position, "a pax header gives all files one name or size");
        }
    }
}
