package dev.convoy.models;

import dev.convoy.layers.ParameterSpec;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of a model's layers in Keras' form; {@link #toString} prints it.
 *
 * @param model the model's name
 * @param sequential whether the column of connections is left out
 * @param rows a row for each layer, in order
 * @param trainable elements of the parameters that an optimizer changes
 * @param nonTrainable elements of the others
 */
public record Summary(String model, boolean sequential, List<Row> rows, long trainable, long nonTrainable) {

    /**
     * A layer.
     *
     * @param name in the model
     * @param className its class
     * @param outputs the shapes it gives, the batch included
     * @param parameters the number of elements of its parameters
     * @param inputs names of the layers and inputs it is called with
     */
    public record Row(String name, String className, List<Shape> outputs, long parameters, List<String> inputs) {

        public Row {
            outputs = List.copyOf(outputs);
            inputs = List.copyOf(inputs);
        }

        String shapes() {
            return outputs.size() == 1
                    ? keras(outputs.getFirst())
                    : outputs.stream().map(Row::keras).collect(Collectors.joining(", ", "[", "]"));
        }

        private static String keras(Shape shape) {
            String inner = shape.dims().stream()
                    .map(d -> d.isKnown() ? d.toString() : "None")
                    .collect(Collectors.joining(", "));
            return "(" + inner + (shape.rank() == 1 ? ",)" : ")");
        }
    }

    public Summary {
        rows = List.copyOf(rows);
    }

    static Summary of(AbstractModel model, Network network) {
        boolean sequential = model instanceof Sequential;
        Map<String, Row> rows = new LinkedHashMap<>();
        if (!sequential) {
            network.inputs()
                    .forEach((name, symbol) -> rows.put(
                            name,
                            new Row(name, "InputLayer", List.of(symbol.spec().shape()), 0, List.of())));
        }
        for (Network.Step step : network.steps()) {
            LayerNode node = step.node();
            List<Shape> outputs = step.outputs().stream().map(TensorSpec::shape).toList();
            List<String> inputs =
                    step.inputs().stream().map(s -> source(network, s)).toList();
            rows.merge(
                    node.name(),
                    new Row(
                            node.name(),
                            node.layer().className(),
                            outputs,
                            elements(network.parameters(node), true) + elements(network.parameters(node), false),
                            inputs),
                    Summary::join);
        }
        List<ParameterSpec> all = model.parameterSpecs();
        return new Summary(
                model.name(), sequential, List.copyOf(rows.values()), elements(all, true), elements(all, false));
    }

    private static Row join(Row first, Row second) {
        List<String> inputs = new ArrayList<>(first.inputs());
        inputs.addAll(second.inputs());
        return new Row(first.name(), first.className(), first.outputs(), first.parameters(), inputs);
    }

    private static String source(Network network, Symbol symbol) {
        return symbol.call() != null
                ? network.step(symbol.call()).node().name()
                : network.inputs().entrySet().stream()
                        .filter(e -> e.getValue() == symbol)
                        .findFirst()
                        .orElseThrow()
                        .getKey();
    }

    private static long elements(Collection<ParameterSpec> parameters, boolean trainable) {
        return parameters.stream()
                .filter(p -> p.trainable() == trainable)
                .mapToLong(p -> p.spec().shape().elements())
                .sum();
    }

    /** Elements of all parameters. */
    public long total() {
        return trainable + nonTrainable;
    }

    /** The table that Keras 2 prints, column for column. */
    @Override
    public String toString() {
        int[] ends = sequential ? new int[] {29, 55, 65} : new int[] {32, 53, 65, 98};
        int width = ends[ends.length - 1];
        String line = "_".repeat(width) + "\n";
        StringBuilder text = new StringBuilder("Model: \"" + model + "\"\n" + line);
        List<String> heads = new ArrayList<>(List.of("Layer (type)", "Output Shape", "Param #"));
        if (!sequential) {
            heads.add("Connected to");
        }
        text.append(columns(heads, ends)).append("=".repeat(width)).append('\n');
        for (int i = 0; i < rows.size(); i++) {
            text.append(print(rows.get(i), ends)).append(i < rows.size() - 1 ? line : "");
        }
        text.append("=".repeat(width)).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "Total params: %,d%nTrainable params: %,d%nNon-trainable params: %,d%n",
                total(),
                trainable,
                nonTrainable));
        return text.append(line).toString().replace("\r\n", "\n");
    }

    private String print(Row row, int[] ends) {
        List<String> cells = new ArrayList<>(
                List.of(row.name() + " (" + row.className() + ")", row.shapes(), Long.toString(row.parameters())));
        if (sequential) {
            return columns(cells, ends);
        }
        StringBuilder text = new StringBuilder();
        List<String> inputs = row.inputs();
        cells.add(inputs.isEmpty() ? "" : inputs.getFirst() + "[0][0]");
        text.append(columns(cells, ends));
        inputs.stream().skip(1).forEach(input -> text.append(columns(List.of("", "", "", input + "[0][0]"), ends)));
        return text.toString();
    }

    private static String columns(List<String> cells, int[] ends) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i > 0 && !line.isEmpty() && line.charAt(line.length() - 1) != ' ' ? " " : "")
                    .append(cells.get(i));
            line.setLength(Math.min(line.length(), ends[i]));
            line.append(" ".repeat(ends[i] - line.length()));
        }
        return line.append('\n').toString();
    }
}
