package dev.convoy.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceStyleTest {
    @TempDir
    Path root;

    private SourceStyle style;

    @BeforeEach
    void createStyle() {
        style = new SourceStyle(root);
    }

    @Test
    void reportsAnUnformattedFileAndTheCommand() throws IOException {
        write("a/A.java", "class A  {}\n");
        write("B.java", "class B {}\n");
        assertEquals(List.of("a/A.java is not formatted; run " + SourceStyle.FORMAT_COMMAND), style.check());
        assertEquals("class A  {}\n", read("a/A.java"));
    }

    @Test
    void formatsInPlaceAndRemovesUnusedImports() throws IOException {
        write("A.java", "import java.util.Map;\nimport java.util.List;\nclass A { List<String>x; }\n");
        assertEquals(List.of(), style.format());
        assertEquals("import java.util.List;\n\nclass A {\n    List<String> x;\n}\n", read("A.java"));
        assertEquals(List.of(), style.check());
    }

    @Test
    void readsTheSyntaxOfJava25() throws IOException {
        write("A.java", """
            record A(int x, int y) {
                static int x(Object o) {
                    return switch (o) {
                        case A(int x, var _) when x > 0 -> x;
                        case null, default -> 0;
                    };
                }
            }
            """);
        assertEquals(List.of(), style.check());
    }

    @Test
    void allowsFourHundredLinesAndNoMore() throws IOException {
        write("Allowed.java", "class Allowed {\n" + "    //\n".repeat(398) + "}\n");
        write("TooLong.java", "class TooLong {\n" + "    //\n".repeat(399) + "}\n");
        assertEquals(List.of("TooLong.java has 401 lines; split it, 400 are allowed"), style.check());
        assertEquals(1, style.format().size());
    }

    @Test
    void reportsAFileThatCannotBeFormatted() throws IOException {
        write("A.java", "class A {\n");
        List<String> problems = style.check();
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().startsWith("A.java cannot be formatted: "), problems::toString);
    }

    @Test
    void leavesBuildOutputAndHiddenFoldersAlone() throws IOException {
        write("m/target/A.java", "class A  {}\n");
        write(".git/B.java", "class B  {}\n");
        assertEquals(List.of(), style.check());
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String read(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }
}
