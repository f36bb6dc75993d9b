package dev.convoy.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where data sets and models of others lie: {@code $CONVOY_TEST_DATA}, else {@code ../shared/data} beside the repository. */
final class TestData {

    private TestData() {}

    /** A folder of the data; the test is skipped, with the reason, where it is not there. */
    static Path folder(String name) {
        String given = System.getenv("CONVOY_TEST_DATA");
        Path data = given != null
                ? Path.of(given)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        Path folder = data.resolve(name).normalize();
        boolean there = Files.isDirectory(folder);
        if (!there) {
            System.out.println("Skipped: there is no " + folder + "; set CONVOY_TEST_DATA");
        }
        Assumptions.assumeTrue(there, "there is no " + folder + "; set CONVOY_TEST_DATA");
        return folder;
    }
}
