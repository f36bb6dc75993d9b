package dev.convoy.conformance.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Which tests to run. */
public final class Selection {

    private Selection() {}

    /**
     * Tests whose name contains a match of a regular expression; or, if {@code text} is {@code @FILE}, those that the file
     * names, one a line, with comments from {@code #} on.
     *
     * @throws IllegalArgumentException if it is no regular expression, or the file names no tests
     * @throws IOException if the file cannot be read
     */
    public static Predicate<OnnxTest> of(String text) throws IOException {
        if (text.startsWith("@")) {
            Set<String> names = names(Path.of(text.substring(1)));
            return test -> names.contains(test.name());
        }
        try {
            Predicate<String> matches = Pattern.compile(text).asPredicate();
            return test -> matches.test(test.name());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no regular expression: " + e.getDescription()
                            + ". Remedy: write conv|pool for example, or @FILE for a file with names",
                    e);
        }
    }

    /** The names in a file. */
    private static Set<String> names(Path file) throws IOException {
        Set<String> names = Files.readAllLines(file).stream()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        if (names.isEmpty()) {
            throw new IllegalArgumentException("'" + file + "' names no tests. Remedy: write one name a line");
        }
        return names;
    }
}
