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
 * Holds every Java file below a folder to one layout (palantir-java-format, 120 columns) and to at most
 * {@value #MAX_LINES} lines.
 */
public final class SourceStyle {
    /** The most lines a file may have. */
    public static final int MAX_LINES = 400;

    static final String FORMAT_COMMAND = "mvn -q -pl build-tools verify -Dstyle=format";
    private static final String LIMITS =
            " (if it compiles: the formatter wants 'var _' for '_' in a record pattern and knows no 'import module')";

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());
    private final Path root;

    SourceStyle(Path root) {
        this.root = root;
    }

    /**
     * Checks, or formats in place; prints what breaks a rule and then exits with status 1.
     *
     * @param args {@code check} or {@code format}, and the folder
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2 || !List.of("check", "format").contains(args[0])) {
            System.err.println("usage: SourceStyle check|format FOLDER");
            System.exit(2);
        }
        SourceStyle style = new SourceStyle(Path.of(args[1]));
        List<String> problems = args[0].equals("format") ? style.format() : style.check();
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) System.exit(1);
    }

    /** {@return one line for each file that breaks a rule} */
    List<String> check() throws IOException {
        return problems(false);
    }

    /** {@return one line for each file that formatting cannot put right} */
    List<String> format() throws IOException {
        return problems(true);
    }

    private List<String> problems(boolean write) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            List<Path> sources = tree.filter(this::isSource).sorted().toList();
            return sources.parallelStream()
                    .flatMap(file -> problem(file, write).stream())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean isSource(Path path) {
        for (Path part : root.relativize(path)) {
            if (part.toString().equals("target") || part.toString().startsWith(".")) return false;
        }
        return path.toString().endsWith(".java");
    }

    private Optional<String> problem(Path file, boolean write) {
        try {
            String source = Files.readString(file);
            String formatted = formatter.formatSourceAndFixImports(source);
            if (!formatted.equals(source)) {
                if (!write) return problem(file, "is not formatted; run " + FORMAT_COMMAND);
                Files.writeString(file, formatted);
            }
            long lines = formatted.lines().count();
            return lines <= MAX_LINES
                    ? Optional.empty()
                    : problem(file, "has " + lines + " lines; split it, " + MAX_LINES + " are allowed");
        } catch (FormatterException e) {
            return problem(file, "cannot be formatted: " + e.getMessage() + LIMITS);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private Optional<String> problem(Path file, String problem) {
        return Optional.of(root.relativize(file) + " " + problem);
    }
}
