package dev.convoy.importers.keras.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {

    @ParameterizedTest
    @CsvSource({
        "\u0089HDF\\r\\n\u001a\\n, HDF5",
        "'PK\u0003\u0004', ZIP",
        "%PDF-1.7, PDF",
        "\u0093NUMPY\u0001, NUMPY",
        "\u0080\u0004\u0095x, PICKLE",
        "'\u001c\u0000\u0000\u0000TFL3', TFLITE",
        "'{\"class_name\": 1}', JSON",
        "'  [1]', JSON",
        "<!DOCTYPE html>, HTML",
        "version https://git-lfs.github.com/spec/v1, LFS_POINTER",
        "'', EMPTY",
        "hello, UNKNOWN"
    })
    void seesWhatAFileIsByItsFirstBytes(String head, FileKind kind) {
        String bytes = head.replace("\\r", "\r").replace("\\n", "\n");
        assertEquals(kind, FileKind.of(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void everyRefusalNamesAReasonAndTheWayOut() {
        for (FileKind kind : FileKind.values()) {
            if (!kind.isReadable()) {
                assertFalse(kind.refusal().reason().isBlank(), kind.name());
                assertFalse(kind.refusal().remedy().isBlank(), kind.name());
            }
        }
    }

    @Test
    void knowsFolders(@TempDir Path dir) throws Exception {
        assertEquals(FileKind.UNKNOWN, FileKind.of(dir));
        Files.writeString(dir.resolve("config.json"), "{}");
        Files.writeString(dir.resolve("model.weights.h5"), "");
        assertEquals(FileKind.UNPACKED_KERAS, FileKind.of(dir));
        Files.writeString(dir.resolve("saved_model.pb"), "");
        assertEquals(FileKind.SAVED_MODEL, FileKind.of(dir));
        assertTrue(FileKind.UNPACKED_KERAS.isReadable());
    }
}
