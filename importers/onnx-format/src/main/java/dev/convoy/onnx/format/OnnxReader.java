package dev.convoy.onnx.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.convoy.onnx.proto.ModelProto;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads ONNX files under limits. What stands in tensors is read by {@link TensorReader}. */
public final class OnnxReader {

    private static final String POINTER = "version https://git-lfs.github.com/spec/";
    private static final String ANEW = "copy, download or export the model anew";

    private OnnxReader() {}

    /**
     * Reads a model.
     *
     * @throws OnnxFormatException if it is no ONNX model, broken, or beyond a limit; says near which byte
     * @throws IOException if reading fails
     */
    public static ModelProto read(Path file, Limits limits) throws IOException {
        if (Files.isDirectory(file)) {
            throw new OnnxFormatException("'" + file + "' is a folder", "name a file in it");
        }
        if (!Files.isRegularFile(file)) {
            throw new OnnxFormatException("'" + file + "' is no file", "check the path");
        }
        long size = Files.size(file);
        if (size == 0) {
            throw new OnnxFormatException("'" + file + "' is empty", ANEW);
        }
        if (size > limits.fileBytes()) {
            throw new OnnxFormatException(
                    "'" + file + "' has " + size + " bytes, more than the limit of " + limits.fileBytes());
        }
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            in.setSizeLimit(Integer.MAX_VALUE);
            in.pushLimit((int) size);
            parse(file, in, () -> new WireScan(in, limits).run());
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            in.setSizeLimit(Integer.MAX_VALUE);
            in.setRecursionLimit(limits.depth());
            in.pushLimit((int) size);
            ModelProto.Builder model = ModelProto.newBuilder();
            parse(file, in, () -> model.mergeFrom(in, ExtensionRegistryLite.getEmptyRegistry()));
            if (model.getIrVersion() < 1 || !model.hasGraph()) {
                throw new OnnxFormatException(
                        "'" + file + "' is no ONNX model: it has " + (model.hasGraph() ? "no IR version" : "no graph"),
                        ANEW);
            }
            return model.build();
        }
    }

    private interface Parsing {
        void run() throws IOException;
    }

    private static void parse(Path file, CodedInputStream in, Parsing parsing) throws IOException {
        try {
            parsing.run();
        } catch (InvalidProtocolBufferException e) {
            if (e.getCause() instanceof IOException reading) {
                throw reading;
            }
            throw isPointer(file)
                    ? new OnnxFormatException(
                            "'" + file + "' is a pointer of Git LFS, not the model itself",
                            "fetch the model with 'git lfs pull'",
                            e)
                    : new OnnxFormatException(
                            "'" + file + "' is no ONNX model, or damaged, near byte " + in.getTotalBytesRead() + ": "
                                    + withoutStop(String.valueOf(e.getMessage())),
                            ANEW,
                            e);
        } catch (OnnxFormatException e) {
            throw e.at("'" + file + "' is refused near byte " + in.getTotalBytesRead());
        }
    }

    /** Whether a repository holds the file elsewhere, and this text in its place. */
    private static boolean isPointer(Path file) throws IOException {
        byte[] start = POINTER.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(start, in.readNBytes(start.length));
        }
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
