package dev.convoy.graph;

import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Writes graphs for people, one line per node: {@code %5 float32[1, 10] = MatMul[…](%3, %4)  # dense}. */
public final class GraphPrinter {

    private GraphPrinter() {}

    public static String print(Graph graph) {
        StringBuilder text = new StringBuilder();
        declare(text, "input", graph.inputs());
        declare(text, "parameter", graph.parameters());
        for (Node node : graph.nodes()) {
            text.append(print(node)).append('\n');
        }
        refer(text, "output", graph.outputs());
        refer(text, "update", graph.updates());
        return text.toString();
    }

    /** One node, without a line end. */
    public static String print(Node node) {
        String results = node.outputs().stream().map(Value::toString).collect(Collectors.joining(", "));
        String operands = node.inputs().stream().map(GraphPrinter::name).collect(Collectors.joining(", ", "(", ")"));
        String origin = node.origin().isEmpty() ? "" : "  # " + node.origin();
        return results + " = " + attributes(node.op()) + operands + origin;
    }

    private static String attributes(Op op) {
        if (!(op instanceof ControlOp.Scan scan)) {
            return op.toString();
        }
        return "Scan[carried=" + scan.carried() + ", scanned=" + scan.scanned() + ", length=" + scan.length()
                + ", reverse=" + scan.reverse() + "]{\n" + print(scan.body()).indent(2) + "}";
    }

    private static String name(Value value) {
        return "%" + value.name().orElseGet(() -> Integer.toString(value.id()));
    }

    private static void declare(StringBuilder text, String kind, SequencedMap<String, Value> values) {
        values.values()
                .forEach(value -> text.append(kind).append(' ').append(value).append('\n'));
    }

    private static void refer(StringBuilder text, String kind, SequencedMap<String, Value> values) {
        values.forEach((name, value) -> text.append(kind)
                .append(' ')
                .append(name)
                .append(" = ")
                .append(name(value))
                .append('\n'));
    }
}
