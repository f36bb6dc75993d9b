package dev.convoy.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.provider.Arguments;

/** Test files: those beside the tests, and the larger ones outside of the project. */
final class Resources {

    private Resources() {}

    static byte[] bytes(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("No test resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a table, without comments, split at tabs. */
    static Stream<Arguments> table(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Arguments.of((Object[]) line.split("\t")));
    }

    /** A file of the data folder; skips the test where it is not. */
    static Path external(String path) {
        String configured = System.getenv("CONVOY_TEST_DATA");
        Path folder = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        Path file = folder.resolve(path);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: no " + file + "; set CONVOY_TEST_DATA");
        return file;
    }

    /** The first 16 hexadecimal digits of the SHA-256 of an image's pixels. */
    static String digest(Image image) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.pixels());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
