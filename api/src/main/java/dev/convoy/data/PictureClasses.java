package dev.convoy.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The class of each picture.
 *
 * @param names of the classes by number; empty if the pictures tell numbers only
 * @param numbers by picture
 * @param problems by picture that has no class
 */
record PictureClasses(List<String> names, Map<String, Integer> numbers, Map<String, UnreadableFile> problems) {

    private static final int MOST_CLASSES = 1_000_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");

    /**
     * @param rule with the group {@code label}, or null for classes by folder
     * @param given names of the classes, or none to take those found
     * @throws DatasetException if there are no classes
     */
    static PictureClasses of(PictureNames pictures, @Nullable Pattern rule, List<String> given, String source)
            throws DatasetException {
        Map<String, String> labels = new HashMap<>();
        Map<String, UnreadableFile> problems = new HashMap<>();
        List<String> parts = pictures.parts();
        for (String name : pictures.names()) {
            String label = rule == null ? pictures.classFolder(name, parts) : label(rule, name);
            if (label.isEmpty()) {
                String reason =
                        rule == null ? "it lies in no class's folder" : "its name does not fit the rule " + rule;
                problems.put(name, new UnreadableFile(name, reason));
            } else {
                labels.put(name, label);
            }
        }
        if (labels.isEmpty()) {
            throw new DatasetException(
                    source,
                    "none of the " + pictures.names().size() + " pictures has a class, "
                            + (rule == null ? "they lie in no sub-folders" : "their names do not fit the rule " + rule)
                            + " (the first one is '" + pictures.names().getFirst() + "')",
                    "put the pictures of each class into a folder, or give a rule for names with labels(…)");
        }
        boolean numbered = rule != null
                && labels.values().stream()
                        .allMatch(label -> NUMBER.matcher(label).matches());
        List<String> names = numbered || !given.isEmpty() ? given : PictureNames.sorted(new TreeSet<>(labels.values()));
        Map<String, Integer> byName = new HashMap<>();
        names.forEach(name -> byName.put(name, byName.size()));
        Map<String, Integer> numbers = new HashMap<>();
        labels.forEach((name, label) -> {
            int number = numbered ? Integer.parseInt(label) : byName.getOrDefault(label, -1);
            if (number < 0 || number >= (names.isEmpty() ? MOST_CLASSES : names.size())) {
                problems.put(name, new UnreadableFile(name, "its class '" + label + "' is none of the classes"));
            } else {
                numbers.put(name, number);
            }
        });
        return new PictureClasses(names, numbers, problems);
    }

    private static String label(Pattern rule, String name) {
        Matcher matcher = rule.matcher(name);
        return matcher.find() && matcher.group("label") != null ? matcher.group("label") : "";
    }

    int number(String picture) {
        return numbers.getOrDefault(picture, -1);
    }
}
