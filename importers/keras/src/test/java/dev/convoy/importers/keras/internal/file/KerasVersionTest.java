package dev.convoy.importers.keras.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerasVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.2, 1, 2",
        "2.2.4-tf, 2, 2",
        "2.13.1, 2, 13",
        "3.14.0.dev2025, 3, 14",
        "3, 3, 0",
        "tfjs-layers 1.3.1, 1, 0",
        "'', 1, 0"
    })
    void readsWhatFilesSay(String text, int major, int minor) {
        KerasVersion version = KerasVersion.parse(text);
        assertEquals(major, version.major());
        assertEquals(minor, version.minor());
    }
}
