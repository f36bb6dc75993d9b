package dev.convoy.conformance.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where the tests of ONNX lie: {@code $CONVOY_TEST_DATA}, else {@code ../shared/data} beside the repository. */
final class SharedData {

    private SharedData() {}

    /** A file or folder of the data; the test is skipped, with the reason, where it is not there. */
    static Path of(String name) {
        String given = System.getenv("CONVOY_TEST_DATA");
        Path data = given != null
                ? Path.of(given)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        Path place = data.resolve(name).normalize();
        boolean there = Files.exists(place);
        if (!there) {
            System.out.println("Skipped: there is no " + place + "; set CONVOY_TEST_DATA");
        }
        Assumptions.assumeTrue(there, "there is no " + place + "; set CONVOY_TEST_DATA");
        return place;
    }
}
