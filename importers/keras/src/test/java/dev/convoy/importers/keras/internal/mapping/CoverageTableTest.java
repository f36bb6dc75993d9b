package dev.convoy.importers.keras.internal.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** {@code docs/keras.md} lists what the registry has; {@code -Dkeras.docs=write} writes it. */
class CoverageTableTest {

    private static final String BEGIN = "<!-- classes: written by CoverageTableTest -->\n";
    private static final String END = "<!-- end of classes -->\n";

    @Test
    void theDocumentListsTheClassesThatAreRead() throws IOException {
        Path page = Path.of(System.getProperty("convoy.root"), "docs", "keras.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertTrue(begin >= BEGIN.length() && end >= begin, page + " has no place for the classes");
        String current = text.substring(0, begin) + "\n" + CoverageTable.markdown() + "\n" + text.substring(end);
        if (System.getProperty("keras.docs", "").equals("write")) {
            Path written = Files.writeString(page.resolveSibling("keras.md.new"), current);
            Files.move(written, page, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        assertEquals(current, text, page + " is stale; CONTRIBUTING.md says how to write it");
    }
}
