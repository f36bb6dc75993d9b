package dev.convoy.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Command lines that a person can copy into a shell. */
final class CommandLines {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private CommandLines() {}

    /** {@code convoy} with these words, quoted for a POSIX shell where they need it. */
    static String of(List<String> words) {
        return words.stream().map(CommandLines::quoted).collect(Collectors.joining(" ", "convoy ", ""));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
