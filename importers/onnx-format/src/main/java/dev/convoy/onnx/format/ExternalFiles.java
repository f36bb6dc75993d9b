package dev.convoy.onnx.format;

import dev.convoy.onnx.proto.StringStringEntryProto;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files with tensor data beside a model. Only files in the model's folder are read, links resolved. */
public final class ExternalFiles {

    private final Path folder;
    private long total;

    /**
     * @param folder that of the model
     */
    public ExternalFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * The bytes that a tensor's {@code external_data} entries describe.
     *
     * @param expected how many the tensor takes
     * @throws OnnxFormatException if the place is outside the folder, or holds fewer or other bytes
     */
    ByteBuffer read(List<StringStringEntryProto> entries, long expected) throws IOException {
        Map<String, String> described = new HashMap<>();
        entries.forEach(entry -> described.put(entry.getKey(), entry.getValue()));
        String location = described.get("location");
        if (location == null) {
            throw new OnnxFormatException("its external data has no location");
        }
        Path file = inside(location);
        long offset = number(described, "offset", 0);
        long length = number(described, "length", expected);
        long size = Files.size(file);
        if (length != expected) {
            throw new OnnxFormatException("it takes " + expected + " bytes, its external data says " + length);
        }
        if (offset > size || length > size - offset) {
            throw new OnnxFormatException(
                    "its external data ends at byte " + offset + " + " + length + ", the file '" + location + "' at "
                            + size,
                    "copy the model and its files anew, or export it anew");
        }
        total += length;
        if (total > Runtime.getRuntime().maxMemory()) {
            throw new OnnxFormatException("with it the external data takes " + total
                    + " bytes, more than the JVM has; tensors may not share bytes that often");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new EOFException("'" + file + "' became shorter while it was read");
                }
            }
        }
        return bytes.flip();
    }

    private static long number(Map<String, String> described, String key, long otherwise) throws OnnxFormatException {
        String text = described.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new OnnxFormatException("the " + key + " of its external data is '" + text + "'", e);
        }
        throw new OnnxFormatException("the " + key + " of its external data is negative: " + text);
    }

    private Path inside(String location) throws IOException {
        Path relative;
        try {
            relative = Path.of(location);
        } catch (InvalidPathException e) {
            throw new OnnxFormatException("the location of its external data is no path: '" + location + "'", e);
        }
        boolean climbs = location.isEmpty()
                || location.contains("\\")
                || relative.isAbsolute()
                || relative.normalize().startsWith("..")
                || List.of(location.split("/")).contains("..");
        if (climbs) {
            throw outside(location);
        }
        Path file = folder.resolve(relative);
        if (!Files.isRegularFile(file)) {
            throw new OnnxFormatException(
                    "the file of its external data is missing: '" + location + "'",
                    "put the file there, beside the model");
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw outside(location);
        }
        return file;
    }

    private static OnnxFormatException outside(String location) {
        return new OnnxFormatException(
                "its external data lies outside the model's folder: '" + location + "'",
                "export the model with its data in the same folder");
    }
}
