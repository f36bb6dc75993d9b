package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesAndReplaces(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFiles.write(file, out -> out.write(text("one")));
        AtomicFiles.write(file, out -> out.write(text("two")));
        assertEquals("two", Files.readString(file));
        assertEquals(List.of("a.txt"), names(folder));
    }

    @Test
    void failureLeavesTheOldFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "old");
        assertThrows(
                IOException.class,
                () -> AtomicFiles.write(file, out -> {
                    out.write(text("half"));
                    throw new IOException("disk full");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.txt"), names(folder));
    }

    @Test
    void followsLinksToTheFileItself(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
        AtomicFiles.write(link, out -> out.write(text("new")));
        assertEquals("new", Files.readString(file));
        assertEquals(true, Files.isSymbolicLink(link));
    }

    @Test
    void aMissingFolderIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("no").resolve("a.txt");
        assertEquals(
                folder.resolve("no").toString(),
                assertThrows(NoSuchFileException.class, () -> AtomicFiles.write(file, out -> {}))
                        .getFile());
    }
}
