package dev.convoy.conformance.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sets of tests in the tables of {@code docs/onnx.md}, and how their tests ended. */
final class TestSets {

    /** Types of 8 bits and fewer, but for int8, uint8 and bool. */
    private static final Pattern SMALL = Pattern.compile("float8|float4|int4|int2");

    private final SequencedMap<String, Set<Place>> sets = new LinkedHashMap<>();

    /** A test; its name alone may be that of a test in another archive. */
    record Place(String archive, String test) {}

    static Set<Place> places(List<OnnxTest> tests) {
        return tests.stream()
                .map(test -> new Place(test.archive().name(), test.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Adds a set of tests. */
    void add(String title, List<OnnxTest> tests) {
        sets.put(title, places(tests));
    }

    /** Those of some tests that have no input or output of a small type, as the manifest of the tests says. */
    static List<OnnxTest> withoutSmallTypes(List<OnnxTest> tests, Path manifest) throws IOException {
        Set<String> small = Files.readAllLines(manifest).stream()
                .map(line -> line.split("\t"))
                .filter(columns -> SMALL.matcher(columns[6] + " " + columns[7]).find())
                .map(columns -> columns[1])
                .collect(Collectors.toSet());
        return tests.stream().filter(test -> !small.contains(test.name())).toList();
    }

    /** Tests below a folder of their archive. */
    static Predicate<OnnxTest> below(String folder) {
        return test -> test.model().startsWith(folder + "/");
    }

    /** A line for each set: how many tests it has, and for each backend how many pass, fail and are unsupported. */
    String markdown(SequencedMap<String, OnnxTestReport> reports) {
        StringBuilder table = new StringBuilder("| tests | |");
        reports.keySet().forEach(b -> table.append(' ').append(b).append(": passed | failed | unsupported |"));
        table.append("\n| --- | ---: |")
                .append(" ---: | ---: | ---: |".repeat(reports.size()))
                .append('\n');
        sets.forEach((title, places) -> {
            table.append("| ").append(title).append(" | ").append(places.size()).append(" |");
            for (OnnxTestReport report : reports.values()) {
                OnnxTestReport part = part(report, places);
                for (TestStatus status : TestStatus.values()) {
                    table.append(' ').append(part.count(status)).append(" |");
                }
            }
            table.append('\n');
        });
        return table.toString();
    }

    /** The part of a report that is about some tests. */
    static OnnxTestReport part(OnnxTestReport report, Set<Place> places) {
        return new OnnxTestReport(
                report.backend(),
                report.results().stream()
                        .filter(r -> places.contains(new Place(r.archive(), r.test())))
                        .toList());
    }
}
