package dev.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A switch over ops has no default, in any module: whoever adds an op is led by the compiler to every place that must
 * know it.
 */
class OpSwitchTest {

    private static final Pattern SWITCH = Pattern.compile("\\bswitch \\(");
    private static final Pattern OP_CASE = Pattern.compile(
            "\\bcase (Elementwise|Reduction|Contraction|Spatial|Movement|Indexing|Control|Composite|Core)Op\\b");
    private static final Pattern DEFAULT = Pattern.compile("\\bdefault\\b");

    @Test
    void noSwitchOverOpsHasADefault() throws IOException {
        Path root = Path.of(System.getProperty("convoy.root", "..")).toRealPath();
        List<String> found = new ArrayList<>();
        int files = 0;
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(OpSwitchTest::isMainSource).toList()) {
                files++;
                violations(Files.readString(file)).forEach(line -> found.add(root.relativize(file) + ":" + line));
            }
        }
        assertTrue(files > 100, "only " + files + " files under " + root);
        assertEquals(List.of(), found);
    }

    private static boolean isMainSource(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.endsWith(".java") && path.contains("/src/main/java/");
    }

    @Test
    void theScanFindsOne() {
        String bad = "switch (op) {\n case MovementOp.Pad p -> {}\n default -> {}\n}";
        String nested = "switch (op) {\n case MovementOp _ -> { switch (x) { default -> {} } }\n}";
        assertEquals(List.of(1), violations(bad));
        assertFalse(OP_CASE.matcher("case MovementOperator _").find());
        assertEquals(List.of(), violations(nested));
    }

    /** The lines of switches that have both a case of an op and a default. */
    private static List<Integer> violations(String source) {
        List<Integer> lines = new ArrayList<>();
        Matcher matcher = SWITCH.matcher(source);
        while (matcher.find()) {
            String cases = ownLevel(source, source.indexOf('{', matcher.end()));
            if (OP_CASE.matcher(cases).find() && DEFAULT.matcher(cases).find()) {
                lines.add(1
                        + (int) source.substring(0, matcher.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count());
            }
        }
        return lines;
    }

    /** The text of a block without the blocks inside it. */
    private static String ownLevel(String source, int open) {
        StringBuilder own = new StringBuilder();
        int depth = 0;
        for (int i = open; i < source.length(); i++) {
            char c = source.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                break;
            }
            if (depth == 1) {
                own.append(c);
            }
        }
        return own.toString();
    }
}
