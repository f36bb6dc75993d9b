package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {

    @TempDir
    private Path folder;

    private List<String> selected(String text) throws IOException {
        Predicate<OnnxTest> selection = Selection.of(text);
        try (TestArchive archive = TestArchive.open(folder)) {
            return Stream.of("test_abs", "test_conv", "test_conv_pads")
                    .filter(name ->
                            selection.test(new OnnxTest(name, archive, name, List.of(), List.of(), Tolerance.ONNX)))
                    .toList();
        }
    }

    @Test
    void aRegularExpressionMatchesAPartOfTheName() throws IOException {
        assertEquals(List.of("test_conv", "test_conv_pads"), selected("conv"));
        assertEquals(List.of("test_abs", "test_conv"), selected("abs|conv$"));
    }

    @Test
    void aFileNamesTestsExactly() throws IOException {
        Path file = Files.writeString(folder.resolve("names.txt"), "# the first\n\ntest_conv  # ort: differs\n");
        assertEquals(List.of("test_conv"), selected("@" + file));
    }

    @Test
    void mistakesAreExplained() throws IOException {
        String message = assertThrows(IllegalArgumentException.class, () -> Selection.of("conv("))
                .getMessage();
        assertTrue(message.startsWith("'conv(' is no regular expression: "), message);
        Path empty = Files.writeString(folder.resolve("names.txt"), "# nothing\n");
        assertThrows(IllegalArgumentException.class, () -> Selection.of("@" + empty));
    }
}
