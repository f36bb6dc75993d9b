package dev.convoy.importers.keras.internal.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Keras that wrote a file.
 *
 * @param text as the file says, {@code 2.2.4-tf} for example, or {@code 1 or 2} if it says nothing
 * @param major 1, 2 or 3
 * @param minor 0 if not known
 */
public record KerasVersion(String text, int major, int minor) {

    private static final Pattern NUMBERS = Pattern.compile("^(\\d{1,3})(?:\\.(\\d{1,4}))?.*", Pattern.DOTALL);

    /** Files of Keras before 1.2 do not name a version. */
    public static final KerasVersion UNKNOWN = new KerasVersion("1", 1, 0);

    public static KerasVersion parse(String text) {
        Matcher matcher = NUMBERS.matcher(text.strip());
        if (!matcher.matches()) {
            return UNKNOWN;
        }
        int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return new KerasVersion(text.strip(), Integer.parseInt(matcher.group(1)), minor);
    }

    @Override
    public String toString() {
        return text;
    }
}
