package dev.convoy.models;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphException;
import dev.convoy.graph.Value;
import dev.convoy.layers.Layer;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls of a model in the order in which they run, with a unique name for each layer and parameter. */
final class Network {

    /**
     * A call with everything resolved.
     *
     * @param node with its final name
     * @param inputs what it is called with
     * @param outputs the specs it gives
     */
    record Step(LayerNode node, List<Symbol> inputs, List<TensorSpec> outputs) {}

    private final SequencedMap<String, Symbol> inputs = new LinkedHashMap<>();
    private final SequencedMap<String, Symbol> outputs = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Symbol.Call, Step> stepOf = new IdentityHashMap<>();
    private final SequencedMap<LayerNode, List<ParameterSpec>> nodes = new LinkedHashMap<>();

    /** Outputs are named by the layers that give them. */
    Network(List<Symbol> inputSymbols, List<Symbol> outputSymbols) {
        addCalls(inputSymbols, outputSymbols);
        for (Symbol output : outputSymbols) {
            outputs.put(names(output, outputs.keySet()), output);
        }
    }

    /** Outputs have names of their own. */
    Network(List<Symbol> inputSymbols, SequencedMap<String, Symbol> namedOutputs) {
        addCalls(inputSymbols, List.copyOf(namedOutputs.values()));
        outputs.putAll(namedOutputs);
    }

    private void addCalls(List<Symbol> inputSymbols, List<Symbol> outputSymbols) {
        for (Symbol input : inputSymbols) {
            if (input.call() != null) {
                throw new IllegalArgumentException(
                        "A model's inputs are made by Symbol.input; got the output of " + input);
            }
        }
        List<Symbol.Call> calls = order(inputSymbols, outputSymbols);
        Names names = new Names();
        Map<LayerNode, LayerNode> named = new IdentityHashMap<>();
        calls.stream()
                .map(Symbol.Call::node)
                .filter(LayerNode::isNamed)
                .distinct()
                .forEach(n -> names.reserve(n.name()));
        for (Symbol input : inputSymbols) {
            String name = input.name() != null ? names.reserve(input.name()) : names.next("input");
            inputs.put(name, input);
        }
        for (Symbol.Call call : calls) {
            LayerNode node = named.computeIfAbsent(
                    call.node(),
                    n -> n.isNamed()
                            ? n
                            : LayerNode.named(names.next(Names.snake(n.layer().className())), n.layer()));
            add(call, node);
        }
    }

    /** The part of a network that ends with a call: one of its own, or one that takes the place of one. */
    private Network(Network whole, Symbol.Call last) {
        List<Symbol> results = Symbol.outputs(last);
        List<Symbol.Call> calls = order(List.copyOf(whole.inputs.values()), results);
        whole.inputs.forEach((name, input) -> {
            if (calls.stream().anyMatch(call -> call.inputs().contains(input))) {
                inputs.put(name, input);
            }
        });
        for (Symbol.Call call : calls) {
            Step step = whole.stepOf.get(call);
            if (step == null) {
                add(call, call.node());
            } else {
                steps.add(step);
                stepOf.put(call, step);
                nodes.putIfAbsent(step.node(), whole.parameters(step.node()));
            }
        }
        for (Symbol result : results) {
            outputs.put(names(result, outputs.keySet()), result);
        }
    }

    /**
     * The part that ends with a layer.
     *
     * @param model the model's name, for messages
     * @throws IllegalArgumentException if there is no such layer, or it is called several times
     */
    Network upTo(String model, String path) {
        LayerNode node = nodes.keySet().stream()
                .filter(n -> path.equals(n.name()) || path.startsWith(n.name() + "/") && n.layer() instanceof Model)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Model '" + model + "' has no layer '" + path
                        + "'; its layers are "
                        + nodes.keySet().stream().map(LayerNode::name).toList()));
        List<Symbol.Call> calls = stepOf.entrySet().stream()
                .filter(e -> e.getValue().node() == node)
                .map(Map.Entry::getKey)
                .toList();
        if (calls.size() > 1) {
            throw new IllegalArgumentException("Layer '" + node.name() + "' of model '" + model + "' is called "
                    + calls.size() + " times, so its output is not one. Remedy: name a layer that is called once");
        }
        Symbol.Call call = calls.getFirst();
        if (path.equals(node.name())) {
            return new Network(this, call);
        }
        Model inner = (Model) node.layer();
        Model part = inner.upTo(path.substring(node.name().length() + 1));
        List<String> names = List.copyOf(inner.inputs().keySet());
        List<Symbol> needed = part.inputs().keySet().stream()
                .map(name -> call.inputs().get(names.indexOf(name)))
                .toList();
        return new Network(this, new Symbol.Call(LayerNode.named(node.name(), part), needed));
    }

    private String names(Symbol output, Set<String> taken) {
        String base = output.call() == null
                ? nameOfInput(output)
                : step(output.call()).node().name();
        String name = base;
        for (int i = 1; taken.contains(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }

    private String nameOfInput(Symbol input) {
        return inputs.entrySet().stream()
                .filter(e -> e.getValue() == input)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private void add(Symbol.Call call, LayerNode node) {
        List<Extent> extents = call.inputs().stream().map(Symbol::extent).toList();
        List<TensorSpec> specs = extents.stream().map(Extent::small).toList();
        Layer layer = node.layer() instanceof Model inner ? inner.frozen(Set.of()) : node.layer();
        List<ParameterSpec> parameters = layer.parameters(specs);
        List<ParameterSpec> known = nodes.putIfAbsent(node, parameters);
        if (known != null
                && !known.stream()
                        .map(ParameterSpec::spec)
                        .toList()
                        .equals(parameters.stream().map(ParameterSpec::spec).toList())) {
            throw GraphException.of(
                    node.layer().className(),
                    node.name(),
                    "calls that share a layer need the same parameters; expected "
                            + known.stream().map(ParameterSpec::spec).toList() + ", got "
                            + parameters.stream().map(ParameterSpec::spec).toList(),
                    "model.M2");
        }
        Step step = new Step(
                node,
                call.inputs(),
                Extent.outputs(node, extents).stream().map(Extent::declared).toList());
        steps.add(step);
        stepOf.put(call, step);
    }

    /** The calls that the outputs need, each behind those it needs; without recursion, so that deep models are fine. */
    private static List<Symbol.Call> order(List<Symbol> inputs, List<Symbol> outputs) {
        List<Symbol.Call> ordered = new ArrayList<>();
        Set<Symbol.Call> done = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        List<Symbol> pending = new ArrayList<>(outputs.reversed());
        while (!pending.isEmpty()) {
            Symbol symbol = pending.getLast();
            Symbol.Call call = symbol.call();
            if (call == null) {
                if (inputs.stream().noneMatch(i -> i == symbol)) {
                    throw new IllegalArgumentException(
                            "An output depends on " + symbol + ", which is not among the model's inputs");
                }
                pending.removeLast();
            } else if (done.contains(call)) {
                pending.removeLast();
            } else {
                List<Symbol> missing = call.inputs().stream()
                        .filter(i ->
                                i.call() == null ? inputs.stream().noneMatch(in -> in == i) : !done.contains(i.call()))
                        .toList();
                if (missing.isEmpty()) {
                    done.add(call);
                    ordered.add(call);
                    pending.removeLast();
                } else {
                    pending.addAll(missing.reversed());
                }
            }
        }
        return ordered;
    }

    SequencedMap<String, Symbol> inputs() {
        return inputs;
    }

    SequencedMap<String, Symbol> outputs() {
        return outputs;
    }

    List<Step> steps() {
        return steps;
    }

    List<LayerNode> nodes() {
        return List.copyOf(nodes.keySet());
    }

    /** The calls in order. */
    List<LayerCall> calls() {
        Map<Symbol.Call, Integer> places = places();
        return steps.stream()
                .map(s -> new LayerCall(s.node(), sources(s.inputs(), places), s.outputs()))
                .toList();
    }

    /** Where the outputs come from. */
    List<LayerCall.Source> results() {
        return sources(outputs.values(), places());
    }

    private Map<Symbol.Call, Integer> places() {
        Map<Step, Integer> order = new IdentityHashMap<>();
        steps.forEach(step -> order.put(step, order.size()));
        Map<Symbol.Call, Integer> places = new IdentityHashMap<>();
        stepOf.forEach((call, step) -> places.put(call, order.get(step)));
        return places;
    }

    private List<LayerCall.Source> sources(Collection<Symbol> symbols, Map<Symbol.Call, Integer> places) {
        return symbols.stream().map(s -> source(s, places)).toList();
    }

    private LayerCall.Source source(Symbol symbol, Map<Symbol.Call, Integer> places) {
        Integer place = symbol.call() == null ? null : places.get(symbol.call());
        return place == null
                ? new LayerCall.Source.OfInput(nameOfInput(symbol))
                : new LayerCall.Source.OfCall(place, symbol.index());
    }

    /** The parameters of a node, under their names within it. */
    List<ParameterSpec> parameters(LayerNode node) {
        List<ParameterSpec> parameters = nodes.get(node);
        return parameters == null ? List.of() : parameters;
    }

    /** All parameters, under their paths. */
    List<ParameterSpec> parameters() {
        List<ParameterSpec> all = new ArrayList<>();
        nodes.forEach((node, parameters) -> parameters.forEach(p -> all.add(p.under(node.name()))));
        return List.copyOf(all);
    }

    /** What models that are layers of this one have frozen. */
    Set<String> frozen() {
        Set<String> frozen = new HashSet<>();
        for (LayerNode node : nodes.keySet()) {
            if (node.layer() instanceof Model inner) {
                inner.frozen().forEach(path -> frozen.add(node.name() + "/" + path));
            }
        }
        return Set.copyOf(frozen);
    }

    /** The step of a call that this network has. */
    Step step(Symbol.@Nullable Call call) {
        Step step = call == null ? null : stepOf.get(call);
        if (step == null) {
            throw new IllegalArgumentException("The call is not part of this model");
        }
        return step;
    }

    /** Writes all layers into the scope's graph. */
    List<Value> apply(LayerScope scope, List<Value> arguments) {
        GraphBuilder g = scope.graph();
        Map<Symbol, Value> inputValues = new IdentityHashMap<>();
        int index = 0;
        for (Symbol input : inputs.values()) {
            inputValues.put(input, arguments.get(index++));
        }
        Map<Step, List<Value>> results = new HashMap<>();
        for (Step step : steps) {
            List<Value> operands = step.inputs().stream()
                    .map(s -> value(s, inputValues, results))
                    .toList();
            String path = g.origin().isEmpty()
                    ? step.node().name()
                    : g.origin() + "/" + step.node().name();
            Layer layer = step.node().layer();
            results.put(
                    step,
                    g.in(
                            path,
                            () -> layer.apply(new NestedScope(scope, step.node().name()), operands)));
        }
        return outputs.values().stream()
                .map(s -> value(s, inputValues, results))
                .toList();
    }

    private Value value(Symbol symbol, Map<Symbol, Value> inputValues, Map<Step, List<Value>> results) {
        Value input = inputValues.get(symbol);
        if (input != null) {
            return input;
        }
        List<Value> values = results.get(step(symbol.call()));
        if (values == null) {
            throw new IllegalStateException(symbol + " has not run yet");
        }
        return values.get(symbol.index());
    }

    /** Names as Keras makes them: {@code conv2d}, {@code conv2d_1}, …. */
    static final class Names {
        private final Set<String> taken = new HashSet<>();

        String reserve(String name) {
            if (!taken.add(name)) {
                throw new IllegalArgumentException(
                        "Two layers or inputs of a model are named '" + name + "'; names are unique");
            }
            return name;
        }

        String next(String base) {
            String name = base;
            for (int i = 1; !taken.add(name); i++) {
                name = base + "_" + i;
            }
            return name;
        }

        /** Keras' rule: {@code MaxPooling2D} becomes {@code max_pooling2d}. */
        static String snake(String className) {
            String spaced = className.replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2");
            return spaced.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
        }
    }
}
