package dev.convoy.models;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Constant;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * How far a model's results on one backend are from those on another, or from recorded ones.
 *
 * <p>The outputs are those of the model as it runs ordinarily. For the layers it is run once more with every layer's result
 * as an output, which keeps a backend from fusing across layers.
 *
 * @param layers in the order in which they run, under their paths ({@code block1/conv}); a layer that changes nothing in
 *     inference, and so writes no op, is left out; empty where the outputs are compared with recorded ones
 * @param outputs in the model's order
 */
public record Comparison(List<LayerDifference> layers, List<LayerDifference> outputs) {

    /** A difference that float32 arithmetic in another order explains, for networks of some hundred layers. */
    public static final double TOLERANCE = 1e-4;

    public Comparison {
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
    }

    /**
     * Runs a model on two backends and compares every layer.
     *
     * @param inputs a tensor for each of the model's inputs
     * @param expected the backend whose results are taken for right
     * @param actual the backend that is compared with it
     * @throws IllegalArgumentException if an input is missing, unknown or does not fit
     * @throws dev.convoy.spi.BackendException if a backend cannot run the model
     */
    public static Comparison of(Model model, Map<String, Tensor> inputs, Backend expected, Backend actual) {
        Graph graph = graph(model, inputs);
        SequencedMap<String, Value> results = layerResults(graph);
        SequencedMap<String, String> names = new LinkedHashMap<>();
        GraphBuilder instrumented = GraphBuilder.of(graph);
        results.forEach((layer, value) -> {
            String name = "result of " + layer;
            while (graph.outputs().containsKey(name)) {
                name += "_";
            }
            instrumented.output(name, value);
            names.put(layer, name);
        });
        return new Comparison(
                differences(names, instrumented.build(), inputs, expected, actual),
                differences(outputs(model), graph, inputs, expected, actual));
    }

    /**
     * Runs a model on a backend and compares its outputs with recorded ones, such as those that its file brings along.
     *
     * @param recorded a tensor for each output that is to be compared
     * @throws IllegalArgumentException if an input or output is missing, unknown or does not fit
     * @throws dev.convoy.spi.BackendException if the backend cannot run the model
     */
    public static Comparison withRecorded(
            Model model, Map<String, Tensor> inputs, Map<String, Tensor> recorded, Backend backend) {
        Map<String, Tensor> results = run(backend, graph(model, inputs), inputs, recorded.keySet());
        List<LayerDifference> outputs = new ArrayList<>();
        recorded.forEach((name, tensor) -> outputs.add(LayerDifference.of(name, tensor, result(results, name))));
        return new Comparison(List.of(), outputs);
    }

    /** The first layer, or else the first output, that is not within the tolerance. */
    public Optional<LayerDifference> firstBeyond(double tolerance) {
        List<LayerDifference> all = new ArrayList<>(layers);
        all.addAll(outputs);
        return all.stream().filter(d -> !d.within(tolerance)).findFirst();
    }

    private static SequencedMap<String, String> outputs(Model model) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        model.outputs().keySet().forEach(name -> names.put(name, name));
        return names;
    }

    private static List<LayerDifference> differences(
            SequencedMap<String, String> names,
            Graph graph,
            Map<String, Tensor> inputs,
            Backend expected,
            Backend actual) {
        Set<String> fetch = new HashSet<>(names.values());
        Map<String, Tensor> wanted = run(expected, graph, inputs, fetch);
        Map<String, Tensor> got = run(actual, graph, inputs, fetch);
        List<LayerDifference> differences = new ArrayList<>();
        names.forEach(
                (layer, name) -> differences.add(LayerDifference.of(layer, result(wanted, name), result(got, name))));
        return differences;
    }

    private static Tensor result(Map<String, Tensor> results, String name) {
        Tensor tensor = results.get(name);
        if (tensor == null) {
            throw new IllegalStateException("The run gave no '" + name + "', only " + results.keySet());
        }
        return tensor;
    }

    private static Map<String, Tensor> run(
            Backend backend, Graph graph, Map<String, Tensor> inputs, Set<String> fetch) {
        try (Executable executable = Compilation.compile(backend, graph);
                Session session = executable.open()) {
            return session.run(inputs, fetch);
        }
    }

    /** The model for exactly these inputs. */
    private static Graph graph(Model model, Map<String, Tensor> inputs) {
        Map<String, InputSpec> specs = new LinkedHashMap<>();
        model.inputs().forEach((name, declared) -> {
            Tensor given = inputs.get(name);
            if (given == null || !declared.accepts(given.spec())) {
                throw new IllegalArgumentException("Input '" + name + "' of model '" + model.name() + "' "
                        + (given == null ? "is missing" : "does not fit") + "; expected " + declared
                        + (given == null ? "" : ", got " + given.spec()));
            }
        });
        inputs.forEach((name, tensor) -> specs.put(name, InputSpec.of(tensor.spec())));
        return model.trace(specs, Mode.INFERENCE).graph().freeze(model.parameters()::get);
    }

    /** What each layer hands on: values that ops of other layers take, or that are outputs. */
    private static SequencedMap<String, Value> layerResults(Graph graph) {
        Set<Value> handedOn = new HashSet<>(graph.outputs().values());
        for (Node node : graph.nodes()) {
            for (Value operand : node.inputs()) {
                if (operand.producer().isPresent()
                        && !operand.producer().get().origin().equals(node.origin())) {
                    handedOn.add(operand);
                }
            }
        }
        SequencedMap<String, Value> results = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Constant || node.origin().isEmpty()) {
                continue;
            }
            for (Value value : node.outputs()) {
                if (handedOn.contains(value)) {
                    results.put(unique(node.origin(), results.keySet()), value);
                }
            }
        }
        return results;
    }

    private static String unique(String layer, Set<String> taken) {
        String name = layer;
        for (int i = 1; taken.contains(name); i++) {
            name = layer + ":" + i;
        }
        return name;
    }
}
