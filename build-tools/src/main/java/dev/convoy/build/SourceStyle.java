package dev.convoy.build;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds every Java file of the repository to one layout (palantir-java-format, 120 columns) and to at most
 * {@value #MAX_LINES} lines. Arguments: {@code check} or {@code format}, then the repository's root.
 */
public final class SourceStyle {
    static final int MAX_LINES = 400;
    static final String FORMAT_COMMAND = "mvn -q -pl build-tools verify -Dstyle=format";

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    private SourceStyle() {}

    /**
     * Runs the check, or formats in place; exits with status 1 when a file breaks a rule.
     *
     * @param args {@code check} or {@code format}, and the repository's root
     * @throws IOException when the tree cannot be read
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2 || !List.of("check", "format").contains(args[0])) {
            System.err.println("usage: SourceStyle check|format ROOT");
            System.exit(2);
        }
        Path root = Path.of(args[1]);
        boolean write = args[0].equals("format");
        SourceStyle style = new SourceStyle();
        List<String> problems = sources(root).parallelStream()
                .map(file -> style.problem(file, write).map(problem -> root.relativize(file) + ": " + problem))
                .flatMap(Optional::stream)
                .toList();
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) System.exit(1);
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !root.relativize(path).toString().matches("(.*/)?(target|\\.[^/]+)/.*"))
                    .sorted()
                    .toList();
        }
    }

    private Optional<String> problem(Path file, boolean write) {
        try {
            String source = Files.readString(file);
            String formatted = formatter.formatSourceAndFixImports(source);
            if (write && !formatted.equals(source)) Files.writeString(file, formatted);
            else if (!formatted.equals(source)) return Optional.of("not formatted; run: " + FORMAT_COMMAND);
            long lines = formatted.lines().count();
            return lines <= MAX_LINES
                    ? Optional.empty()
                    : Optional.of(lines + " lines; split it, a file has at most " + MAX_LINES);
        } catch (FormatterException e) {
            return Optional.of("does not parse: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
