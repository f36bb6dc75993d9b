package dev.convoy.importers.keras.internal.file;

import dev.convoy.importers.keras.internal.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file is, by its first bytes; its name says little. */
public enum FileKind {
    /** HDF5: a whole model, or weights. */
    HDF5("HDF5", "", ""),
    /** A zip file, {@code .keras} among others. */
    ZIP("zip file", "", ""),
    /** Text that begins like JSON. */
    JSON("JSON", "", ""),
    /** A folder with config.json and model.weights.h5: an unpacked {@code .keras}. */
    UNPACKED_KERAS("unpacked .keras", "", ""),
    SAVED_MODEL(
            "TensorFlow SavedModel",
            "it is a TensorFlow SavedModel folder, which holds TensorFlow graphs and no Keras file",
            "in Python: tf.keras.models.load_model(folder).save(\"model.h5\"), or export it to ONNX with tf2onnx"),
    TFLITE(
            "TensorFlow Lite",
            "it is a TensorFlow Lite model, which has lost the Keras layers",
            "save the Keras model that it was made from: model.save(\"model.keras\")"),
    PICKLE(
            "Python pickle",
            "it is a Python pickle, and unpickling runs code from the file",
            "in Python: save the model with model.save(\"model.keras\")"),
    NUMPY("NumPy array", "it is a NumPy array, no model", "save the whole model with model.save(\"model.keras\")"),
    PDF("PDF", "it is a PDF document with the name of a model", "ask for the model file itself"),
    HTML(
            "web page",
            "it is a web page, probably what a download link showed instead of the file",
            "download the file itself (on GitHub: the 'raw' link)"),
    LFS_POINTER(
            "Git LFS pointer",
            "it is a Git LFS pointer, a few lines of text in place of the file",
            "run 'git lfs pull', or download the file itself"),
    EMPTY("empty file", "it is empty", "copy or download the file again"),
    UNKNOWN(
            "unknown",
            "it is neither HDF5 (89 48 44 46), nor a .keras zip (50 4b), nor JSON",
            "save the model with model.save(\"model.keras\") or model.save(\"model.h5\")");

    private static final int HEAD = 512;
    private static final byte[] HDF5_SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String label;
    private final String reason;
    private final String remedy;

    FileKind(String label, String reason, String remedy) {
        this.label = label;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** What to call it in a report. */
    public String label() {
        return label;
    }

    /** Whether a Keras model may be in it. */
    public boolean isReadable() {
        return reason.isEmpty();
    }

    /** Why it is refused. */
    public FormatException refusal() {
        return new FormatException(reason, remedy);
    }

    /**
     * Looks at a file or folder.
     *
     * @throws IOException if it cannot be read
     */
    public static FileKind of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            if (Files.exists(path.resolve("saved_model.pb"))) {
                return SAVED_MODEL;
            }
            return Files.exists(path.resolve("config.json")) && Files.exists(path.resolve("model.weights.h5"))
                    ? UNPACKED_KERAS
                    : UNKNOWN;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return of(in.readNBytes(HEAD));
        }
    }

    static FileKind of(byte[] head) {
        if (head.length == 0) {
            return EMPTY;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (startsWith(head, HDF5_SIGNATURE)) {
            return HDF5;
        }
        if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
            return ZIP;
        }
        if (text.startsWith("%PDF")) {
            return PDF;
        }
        if (text.startsWith("\u0093NUMPY")) {
            return NUMPY;
        }
        if (text.startsWith("TFL3", 4)) {
            return TFLITE;
        }
        if (head[0] == (byte) 0x80 && head.length > 1 && head[1] >= 2 && head[1] <= 5) {
            return PICKLE;
        }
        return ofText(startsWith(head, BYTE_ORDER_MARK) ? text.substring(3) : text);
    }

    private static FileKind ofText(String text) {
        String start = text.stripLeading();
        if (start.startsWith("version https://git-lfs")) {
            return LFS_POINTER;
        }
        if (start.startsWith("{") || start.startsWith("\"") || start.startsWith("[")) {
            return JSON;
        }
        return start.startsWith("<") ? HTML : UNKNOWN;
    }

    private static boolean startsWith(byte[] head, byte[] signature) {
        if (head.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if (head[i] != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
