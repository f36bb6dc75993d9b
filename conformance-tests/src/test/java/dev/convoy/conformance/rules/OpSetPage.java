package dev.convoy.conformance.rules;

import dev.convoy.conformance.cases.OpCase;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.OpSet;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Since;
import dev.convoy.graph.UnaryFn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes docs/op-set.md from the Javadoc of the ops and the cases of the kit. */
final class OpSetPage {

    static final String COMMAND = "mvn -q -pl conformance-tests -am test -Dtest=OpSetTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dconformance.write=true";

    private static final Map<String, List<? extends Enum<?>>> FUNCTIONS = Map.of(
            "Unary", List.of(UnaryFn.values()),
            "Binary", List.of(BinaryFn.values()),
            "Compare", List.of(CompareFn.values()),
            "Reduce", List.of(ReduceFn.values()),
            "Scatter", List.of(ScatterFn.values()),
            "Pad", List.of(PadMode.values()));

    private OpSetPage() {}

    static String write(List<OpCase> cases) throws IOException {
        StringBuilder page = new StringBuilder("# The core ops\n\n");
        page.append("Op set version ")
                .append(OpSet.VERSION)
                .append(". Written from the Javadoc of `dev.convoy.graph` and the ");
        page.append("cases of the conformance kit; a test fails when it is stale. To write it anew:\n\n```\n");
        page.append(COMMAND).append("\n```\n\n");
        page.append("The label of a rule, `convolution.C3`, stands in the message of what breaks it and in the names of"
                + " the ");
        page.append("conformance cases about it.\n");
        contents(page, cases);
        String family = "";
        for (Class<?> op : OpSources.coreOps()) {
            String its = op.getDeclaringClass().getSimpleName();
            if (!its.equals(family)) {
                family = its;
                page.append("\n## ").append(family).append('\n');
            }
            op(page, op, cases);
        }
        return page.toString();
    }

    private static void contents(StringBuilder page, List<OpCase> cases) throws IOException {
        page.append("\n| op | family | since | rules | cases |\n| --- | --- | ---: | --- | ---: |\n");
        for (Class<?> op : OpSources.coreOps()) {
            String rules = OpSources.rules(op).stream()
                    .map(label -> label.substring(label.indexOf('.') + 1))
                    .collect(Collectors.joining(" "));
            page.append("| [")
                    .append(op.getSimpleName())
                    .append("](#")
                    .append(op.getSimpleName().toLowerCase());
            page.append(") | ").append(op.getDeclaringClass().getSimpleName());
            page.append(" | ").append(since(op)).append(" | ").append(rules);
            page.append(" | ").append(of(op, cases).size()).append(" |\n");
        }
    }

    private static int since(Class<?> op) {
        Since since = op.getAnnotation(Since.class);
        return since == null ? 0 : since.value();
    }

    private static List<OpCase> of(Class<?> op, List<OpCase> cases) {
        return cases.stream().filter(c -> op.isInstance(c.op())).toList();
    }

    private static void op(StringBuilder page, Class<?> op, List<OpCase> cases) throws IOException {
        page.append("\n### ").append(op.getSimpleName()).append("\n\n");
        page.append(markdown(OpSources.javadoc(op).orElse(""))).append('\n');
        List<? extends Enum<?>> functions = FUNCTIONS.getOrDefault(op.getSimpleName(), List.of());
        if (!functions.isEmpty()) {
            page.append('\n')
                    .append(functions(functions.getFirst().getDeclaringClass()))
                    .append("\n\n");
        }
        for (Enum<?> function : functions) {
            Optional<String> text = OpSources.javadoc(function);
            page.append("* `").append(function.name()).append('`');
            page.append(text.map(t -> ": " + markdown(t).replace("\n", " ")).orElse(""))
                    .append('\n');
        }
        Map<String, Long> byRule = of(op, cases).stream()
                .collect(Collectors.groupingBy(OpCase::rule, TreeMap::new, Collectors.counting()));
        page.append("\nCases: ");
        page.append(byRule.entrySet().stream()
                .map(e -> "`" + OpSources.key(op) + "." + e.getKey() + "` " + e.getValue())
                .collect(Collectors.joining(", ")));
        page.append(".\n");
    }

    private static String functions(Class<?> type) throws IOException {
        return markdown(
                OpSources.javadoc(type.getSimpleName(), OpSources.source(type)).orElseThrow());
    }

    /** Javadoc as Markdown: paragraphs, lists, code and parameters. */
    private static String markdown(String javadoc) {
        Function<String, String> links = s -> Pattern.compile("\\{@link(?:plain)? ([^ }]+)(?: ([^}]+))?}")
                .matcher(s)
                .replaceAll(m -> m.group(2) != null
                        ? m.group(2)
                        : "`" + m.group(1).replaceAll("^#", "").replace('#', '.') + "`");
        String text = links.apply(javadoc)
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("(?s)<pre>(.*?)</pre>", "```\n$1\n```")
                .replaceAll("\\n*</?ul>\\n*", "\n\n")
                .replaceAll("\\n *<li>", "\n* ")
                .replaceAll(" *<li>", "* ")
                .replaceAll("\\n*<p>", "\n\n")
                .replaceAll("\\n*@param (\\w+) ", "\n\n`$1`: ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
        return text.replaceAll("(?m)[ \\t]+$", "").replaceAll("\\n{3,}", "\n\n").strip();
    }
}
