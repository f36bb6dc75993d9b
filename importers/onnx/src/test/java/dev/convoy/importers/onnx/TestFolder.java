package dev.convoy.importers.onnx;

import java.nio.file.Path;

/** Where the test data is. */
final class TestFolder {

    private TestFolder() {}

    /** A folder of the test data, there or not. */
    static Path of(String name) {
        String given = System.getenv("CONVOY_TEST_DATA");
        Path data = given != null
                ? Path.of(given)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        return data.resolve(name).normalize();
    }
}
