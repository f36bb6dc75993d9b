package dev.convoy.importers.keras.internal.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of classes that are read, as it stands in {@code docs/keras.md}. */
final class CoverageTable {

    private static final String OLD_FORMATS = ".h5, JSON + .h5";
    private static final String ALL_FORMATS = ".keras, .h5, JSON + .h5";

    private CoverageTable() {}

    /** Markdown: a heading and a table for each family. */
    static String markdown() {
        Map<String, List<Mapping<?>>> families = new LinkedHashMap<>();
        KerasLayers.all()
                .forEach(m -> families.computeIfAbsent(m.family(), f -> new ArrayList<>())
                        .add(m));
        StringBuilder text = new StringBuilder()
                .append(KerasLayers.all().size())
                .append(" classes, besides Sequential, Functional (Model) and InputLayer.\n");
        families.forEach((family, mappings) -> {
            text.append("\n### ").append(family).append("\n\n");
            text.append("| class | Keras | formats | limits |\n| --- | --- | --- | --- |\n");
            mappings.forEach(m -> text.append(row(m)));
        });
        return text.append("\n"
                        + "### Functions\n\n"
                        + "Called on tensors of a Functional model (`TFOpLambda`, `TensorFlowOpLayer`,")
                .append(" `keras.ops`), of one tensor, or of two\noperands of which one may be a number: ")
                .append(String.join(", ", OpLayers.names()))
                .append(".\n")
                .toString();
    }

    private static String row(Mapping<?> mapping) {
        String versions = mapping.versions().stream().map(String::valueOf).collect(Collectors.joining(", "));
        boolean old = mapping.versions().equals(List.of(1));
        List<String> cells = List.of(mapping.className(), versions, old ? OLD_FORMATS : ALL_FORMATS, mapping.limits());
        return "| " + String.join(" | ", cells).stripTrailing() + " |\n";
    }
}
