package dev.convoy.conformance.examples;

import dev.convoy.layers.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One worked example of a document.
 *
 * @param json the entry as it stands in the file
 */
record Example(JsonNode json) {

    String id() {
        return text("id");
    }

    String kind() {
        return text("kind");
    }

    boolean has(String name) {
        return json.has(name);
    }

    JsonNode get(String name) {
        JsonNode node = json.get(name);
        if (node == null) {
            throw new IllegalStateException("Example " + json.path("id") + " has no '" + name + "'");
        }
        return node;
    }

    String text(String name) {
        return get(name).asString();
    }

    int number(String name) {
        return get(name).asInt();
    }

    Integer[] integers(String name) {
        return integers(get(name)).toArray(Integer[]::new);
    }

    static List<Integer> integers(JsonNode list) {
        List<Integer> values = new ArrayList<>();
        list.forEach(entry -> values.add(entry.asInt()));
        return values;
    }

    static double[][] matrix(JsonNode rows) {
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            JsonNode row = rows.get(i);
            matrix[i] = new double[row.size()];
            for (int j = 0; j < row.size(); j++) {
                matrix[i][j] = row.get(j).asDouble();
            }
        }
        return matrix;
    }

    double[][] matrix(String name) {
        return matrix(get(name));
    }

    /** The entry {@code padding}: a word that may have an explanation behind it, or pads before and after each axis. */
    static Padding padding(JsonNode padding) {
        if (padding.isString()) {
            return padding.asString().startsWith("same") ? Padding.SAME : Padding.VALID;
        }
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        padding.forEach(axis -> {
            before.add(axis.get(0).asInt());
            after.add(axis.get(1).asInt());
        });
        return Padding.of(before, after);
    }

    /** What the document prints and what follows, for each place where they differ; null if they agree. */
    @Nullable
    String erratum() {
        if (!has("erratum")) {
            return null;
        }
        List<String> cells = new ArrayList<>();
        get("erratum")
                .forEach(cell -> cells.add("at " + cell.path("at") + " printed " + cell.path("printed") + ", follows "
                        + cell.path("expected")));
        return text("document") + ", " + text("where") + ": document "
                + cells.stream().collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return id();
    }
}
