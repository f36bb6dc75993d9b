package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.Argument;
import dev.convoy.importers.keras.internal.config.CallDescription;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.importers.keras.internal.config.TensorRef;
import dev.convoy.layers.Input;
import dev.convoy.layers.Named;
import dev.convoy.models.Functional;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Builds one Functional model: every call of every layer, as soon as what it needs is there. */
final class FunctionalBuilder {

    private static final Set<String> NO_INPUTS = Set.of("mask", "training", "initial_state");

    private record Call(LayerDescription layer, int node) {}

    private final ModelBuilder builder;
    private final ModelDescription.Functional model;
    private final List<TensorSpec> given;
    private final Members members;
    private final Map<String, LayerDescription> byName = new HashMap<>();
    private final Map<String, Integer> firstNode = new HashMap<>();
    private final Map<LayerDescription, LayerNode> nodes = new HashMap<>();
    private final Map<Call, List<Symbol>> outputs = new HashMap<>();

    FunctionalBuilder(ModelBuilder builder, ModelDescription.Functional model, List<TensorSpec> given) {
        this.builder = builder;
        this.model = model;
        this.given = given;
        this.members = new Members(builder);
        model.layers().forEach(l -> byName.put(l.name(), l));
    }

    Model build() {
        findFirstNodes();
        List<Symbol> inputs = inputs();
        callAll();
        List<Symbol> results = model.outputs().stream().map(this::symbol).toList();
        if (inputs.isEmpty() || results.isEmpty()) {
            throw new FormatException("the model '" + model.name() + "' has no inputs or no outputs", "");
        }
        return members.finished(functional(inputs, results));
    }

    private Model functional(List<Symbol> inputs, List<Symbol> results) {
        String name = ModelBuilder.nameOf(model);
        if (model.outputNames().isEmpty()) {
            return Functional.of(name, inputs, results);
        }
        SequencedMap<String, Symbol> named = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            named.put(model.outputNames().get(i), results.get(i));
        }
        return Functional.of(name, inputs, named);
    }

    /**
     * Calls are numbered from 0, but in files of Keras 2 from 1 where the layer is a model that was called once when it was made; then the
     * highest number is the number of calls.
     */
    private void findFirstNodes() {
        Stream<TensorRef> refs = Stream.concat(
                model.outputs().stream(),
                model.layers().stream().flatMap(l -> l.calls().stream()).flatMap(c -> c.needs().stream()));
        refs.forEach(ref -> {
            LayerDescription layer = layer(ref);
            if (layer.model() != null && ref.node() == layer.calls().size()) {
                firstNode.put(ref.layer(), 1);
            }
        });
    }

    private LayerDescription layer(TensorRef ref) {
        LayerDescription layer = byName.get(ref.layer());
        if (layer == null) {
            throw new FormatException(
                    "the model '" + model.name() + "' uses the output of '" + ref.layer() + "', which it does not have",
                    "save the model anew from Keras");
        }
        return layer;
    }

    private Call call(TensorRef ref) {
        return new Call(layer(ref), ref.node() - firstNode.getOrDefault(ref.layer(), 0));
    }

    private List<Symbol> inputs() {
        List<Symbol> inputs = new ArrayList<>();
        for (TensorRef ref : model.inputs()) {
            LayerDescription layer = layer(ref);
            Call call = new Call(layer, 0);
            if (outputs.containsKey(call)) {
                throw new FormatException("the input '" + ref.layer() + "' is listed twice", "");
            }
            TensorSpec spec = given.size() == model.inputs().size()
                    ? given.get(inputs.size())
                    : InputShapes.of(layer)
                            .orElseThrow(() -> new FormatException(
                                    "the file does not say the shape of input '" + ref.layer() + "'",
                                    "save the model anew from Keras"));
            Symbol symbol = Symbol.of(new Input(members.unique(layer.name()), spec));
            outputs.put(call, List.of(symbol));
            inputs.add(symbol);
        }
        return inputs;
    }

    private void callAll() {
        Map<Call, Integer> missing = new LinkedHashMap<>();
        Map<Call, List<Call>> users = new HashMap<>();
        Deque<Call> ready = new ArrayDeque<>();
        for (LayerDescription layer : model.layers()) {
            for (int node = 0; node < layer.calls().size(); node++) {
                Call call = new Call(layer, node);
                List<Call> needed = layer.calls().get(node).needs().stream()
                        .map(this::call)
                        .distinct()
                        .filter(n -> !outputs.containsKey(n))
                        .toList();
                needed.forEach(
                        n -> users.computeIfAbsent(n, k -> new ArrayList<>()).add(call));
                missing.put(call, needed.size());
                if (needed.isEmpty()) {
                    ready.add(call);
                }
            }
        }
        while (!ready.isEmpty()) {
            Call call = ready.poll();
            outputs.put(call, run(call));
            for (Call user : users.getOrDefault(call, List.of())) {
                if (missing.merge(user, -1, Integer::sum) == 0) {
                    ready.add(user);
                }
            }
        }
    }

    private List<Symbol> run(Call call) {
        LayerDescription layer = call.layer();
        CallDescription description = layer.calls().get(call.node());
        if (builder.isOp(layer)) {
            List<Symbol> operands =
                    description.needs().stream().map(this::symbol).toList();
            Named op = new Named(members.unique(layer.name()), OpLayers.of(layer, description));
            return Members.call(layer, op, operands);
        }
        List<Symbol> inputs = inputs(layer, description);
        LayerNode node = nodes.get(layer);
        if (node == null) {
            node = LayerNode.of(members.member(layer, inputs));
            nodes.put(layer, node);
        }
        return Members.call(layer, node, inputs);
    }

    private List<Symbol> inputs(LayerDescription layer, CallDescription call) {
        List<TensorRef> refs = new ArrayList<>(call.tensors());
        for (Map.Entry<String, Argument> named : call.named().entrySet()) {
            boolean isInput = !NO_INPUTS.contains(named.getKey());
            if (isInput) {
                refs.addAll(named.getValue().tensors().toList());
            }
            if (named.getValue() instanceof Argument.Literal(JsonNode value)
                    ? isInput && !isNothing(value) || value.isBoolean() && value.booleanValue()
                    : !isInput) {
                throw new LayerProblem(
                        layer,
                        new FormatException(
                                "it is called with " + named.getKey() + ", which is not supported",
                                "rebuild the model in Python without it"));
            }
        }
        if (call.arguments().stream()
                .anyMatch(a -> a instanceof Argument.Literal(JsonNode value) && !isNothing(value))) {
            throw new LayerProblem(
                    layer, new FormatException("it is called with a constant, which is not supported", ""));
        }
        return refs.stream().map(this::symbol).toList();
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || value.isBoolean() && !value.booleanValue()
                || value.isContainer() && value.isEmpty();
    }

    private Symbol symbol(TensorRef ref) {
        List<Symbol> given = outputs.get(call(ref));
        if (given == null || ref.tensor() < 0 || ref.tensor() >= given.size()) {
            throw new FormatException(
                    "in model '" + model.name() + "', the output of " + ref + " is needed and never computed;"
                            + " the layers may be connected in a circle",
                    "save the model anew from Keras");
        }
        return given.get(ref.tensor());
    }
}
