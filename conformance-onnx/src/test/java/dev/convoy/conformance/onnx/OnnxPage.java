package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The parts of {@code docs/onnx.md} that tests hold to what they find; {@code -Donnx.docs=write} writes them. */
final class OnnxPage {

    private OnnxPage() {}

    /** Holds what stands between {@code <!-- name: …} and {@code <!-- end of name -->} to a table, or writes it. */
    static void hold(String name, String table) throws IOException {
        Path page = Path.of(System.getProperty("convoy.root"), "docs", "onnx.md");
        String text = Files.readString(page);
        int begin = text.indexOf("\n", text.indexOf("<!-- " + name + ": written by ")) + 1;
        int end = text.indexOf("<!-- end of " + name + " -->\n");
        assertTrue(begin > 0 && end >= begin, page + " has no place for the " + name);
        String current = text.substring(0, begin) + "\n" + table + "\n" + text.substring(end);
        if (System.getProperty("onnx.docs", "").equals("write")) {
            Path written = Files.writeString(page.resolveSibling("onnx.md.new"), current);
            Files.move(written, page, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        assertEquals(current, text, page + " is stale; CONTRIBUTING.md says how to write it");
    }
}
