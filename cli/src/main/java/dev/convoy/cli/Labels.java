package dev.convoy.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The class names of a classifier, from a text file with one name a line, numbered ({@code 0 Cat}, as Teachable Machine
 * writes it) or not, or from Teachable Machine's {@code metadata.json}.
 */
final class Labels {

    private static final Pattern NUMBERED = Pattern.compile("(\\d+)\\s+(\\S.*)");
    private static final long MAX_BYTES = 1 << 24;

    private Labels() {}

    static List<String> read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UserError("'" + file + "' is a folder. Remedy: name a file of labels in it");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new UserError("'" + file + "' is too large for a file of labels. Remedy: check --labels");
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UserError("'" + file + "' is no UTF-8 text. Remedy: save the labels as UTF-8, one a line");
        }
        List<String> labels = text.stripLeading().startsWith("{") ? json(file, text) : lines(text);
        if (labels.isEmpty()) {
            throw new UserError("'" + file + "' holds no labels. Remedy: put one on each line");
        }
        return labels;
    }

    private static List<String> json(Path file, String text) {
        JsonNode labels;
        try {
            labels = new ObjectMapper().readTree(text).path("labels");
        } catch (JacksonException e) {
            throw new UserError(
                    "'" + file + "' is broken JSON: " + e.getOriginalMessage() + ". Remedy: download it again");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode label : labels) {
            names.add(label.asString());
        }
        return names;
    }

    /** Numbers are dropped if every line has its own. */
    private static List<String> lines(String text) {
        List<String> lines = text.replace("\uFEFF", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher numbered = NUMBERED.matcher(lines.get(i));
            if (!numbered.matches() || !numbered.group(1).equals(Integer.toString(i))) {
                return lines;
            }
            names.add(numbered.group(2));
        }
        return names;
    }
}
