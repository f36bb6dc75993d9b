package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {

    private static final Pattern LAST_LINE =
            Pattern.compile("(?s).*\\n(\\w+): (\\d+) passed, (\\d+) failed, (\\d+) skipped\\n");

    @Test
    void printsAPageAndWritesReports(@TempDir Path folder) throws IOException {
        Cli.Result result = Cli.run("conformance", "--backend", "reference", "--only", "max_pool.", "--report", folder);
        Matcher last = LAST_LINE.matcher(result.out());
        assertTrue(last.matches(), result.out());
        assertEquals("reference", last.group(1));
        assertTrue(Integer.parseInt(last.group(2)) > 0, "checks that passed");
        assertEquals("0", last.group(3));
        assertEquals(0, result.status());
        Path markdown = folder.resolve("conformance-reference.md");
        assertEquals(result.out(), Files.readString(markdown));
        String xml = Files.readString(folder.resolve("conformance-reference.xml"));
        int tests = Integer.parseInt(last.group(2)) + Integer.parseInt(last.group(4));
        assertTrue(xml.contains(" tests=\"" + tests + "\" failures=\"0\""), xml);
    }

    @Test
    void aBackendThatFailsExitsWithOne() {
        Cli.Result result = Cli.run("conformance", "--backend", "broken", "--only", "max_pool.");
        Matcher last = LAST_LINE.matcher(result.out());
        assertTrue(last.matches(), result.out());
        assertEquals("broken", last.group(1));
        assertFalse(last.group(3).equals("0"), result.out());
        assertEquals(1, result.status());
    }

    @Test
    void missingBackendsListWhatThereIs() {
        Cli.Result result = Cli.run("conformance", "--backend", "quantum");
        assertEquals(2, result.status());
        assertTrue(
                result.err().startsWith("convoy: There is no backend 'quantum'. Providers found: absent (unavailable"),
                result.err());
    }

    @Test
    void unusableBackendsSayWhy() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: There is nothing to check: backend absent (unavailable: libabsent.so not found. "
                                + "Remedy: install it)\n"),
                Cli.run("conformance", "--backend", "absent"));
    }

    @Test
    void unknownChecksAreRefused() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: No check's name contains 'pizza'. Remedy: take an op's name, or leave --only out\n"),
                Cli.run("conformance", "--backend", "reference", "--only", "pizza"));
    }
}
