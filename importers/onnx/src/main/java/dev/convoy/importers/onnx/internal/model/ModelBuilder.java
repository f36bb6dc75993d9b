package dev.convoy.importers.onnx.internal.model;

import dev.convoy.importers.onnx.internal.Problems;
import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.file.ValueDescription;
import dev.convoy.importers.onnx.internal.node.NodeProblem;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.node.OperatorTable;
import dev.convoy.importers.onnx.internal.node.Types;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.models.Functional;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the layers of a graph, one for each node that computes data. Nodes that compute numbers from constants and shapes
 * become part of the layers that need the numbers.
 */
public final class ModelBuilder {

    /** A stand-in for the size of a free axis, while it is found out what is a constant. */
    private static final int ANY_SIZE = 256;

    private final GraphDescription graph;
    private final OperatorTable operators;
    private final Foresight foresight;
    private final LayerNames names;
    private final Problems problems;
    private final Set<String> needed = new HashSet<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, Symbol> symbols = new HashMap<>();
    private final Set<NodeDescription> called = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<NodeDescription> failed = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Values that a problem stands in the way of, which has been reported. */
    private final Set<String> broken = new HashSet<>();

    private ModelBuilder(
            GraphDescription graph, Map<String, Tensor> pinned, OperatorTable operators, Problems problems) {
        this.graph = graph;
        this.operators = operators;
        this.problems = problems;
        this.foresight = new Foresight(graph, pinned, operators);
        this.names = new LayerNames(graph);
        broken.addAll(graph.unreadable());
    }

    /**
     * Builds a model. The batch that a file leaves free is a dimension with a name; where the graph needs it as a number, it is
     * an axis that is free as any other, for each size of which the model is traced anew.
     *
     * @param problems receives every problem
     * @return null if there is one
     */
    public static @Nullable Model build(
            GraphDescription graph, ImportOptions options, OperatorTable operators, Problems problems) {
        Inputs inputs = new Inputs(graph, options);
        inputs.check(problems);
        Problems named = new Problems();
        Model model = new ModelBuilder(graph, options.pinned(), operators, named).build(inputs.declared(true));
        if (model == null && inputs.hasFreeBatch()) {
            Problems free = new Problems();
            model = new ModelBuilder(graph, options.pinned(), operators, free).build(inputs.declared(false));
            if (model != null) {
                problems.note("shapes depend on the size of the batch; the model is prepared anew for each size");
                return model;
            }
        }
        problems.addAll(named);
        return model;
    }

    private @Nullable Model build(SequencedMap<String, Input> inputs) {
        List<Symbol> inputSymbols = new ArrayList<>();
        inputs.forEach((name, input) -> {
            Symbol symbol = Symbol.of(input);
            inputSymbols.add(symbol);
            symbols.put(name, symbol);
        });
        graph.inputs().stream()
                .map(ValueDescription::name)
                .filter(name -> !symbols.containsKey(name) && foresight.tensor(name) == null)
                .forEach(broken::add);
        findNeeded();
        for (NodeDescription node : graph.nodes()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                visit(node);
            }
        }
        SequencedMap<String, Symbol> outputs = new LinkedHashMap<>();
        for (ValueDescription output : graph.outputs()) {
            Symbol symbol = symbol(output.name());
            if (symbol != null) {
                outputs.put(output.name(), symbol);
            } else if (!broken.contains(output.name())) {
                problems.add("the output '" + output.name() + "' comes from nowhere", "");
            }
        }
        if (graph.outputs().isEmpty()) {
            problems.add("the model has no outputs", "");
        }
        if (!problems.isEmpty() || outputs.isEmpty()) {
            return null;
        }
        return Functional.of(graph.name().isBlank() ? "onnx" : graph.name(), inputSymbols, outputs);
    }

    private void findNeeded() {
        graph.outputs().forEach(o -> use(o.name()));
        for (NodeDescription node : graph.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                node.uses().forEach(this::use);
            }
        }
    }

    private void use(String value) {
        needed.add(value);
        uses.merge(value, 1, Integer::sum);
    }

    private void visit(NodeDescription node) {
        try {
            operators.of(node);
            if (!foresight.isForeseen(node)) {
                call(node);
            }
        } catch (NodeProblem e) {
            report(node, e);
        }
    }

    private void report(NodeDescription node, NodeProblem problem) {
        problems.add(names.of(node), node.opType(), problem);
        failed.add(node);
        giveUp(node);
    }

    /** Goes on with what the file declares of a node's results, so that later nodes are looked at too. */
    private void giveUp(NodeDescription node) {
        for (String output : node.outputs()) {
            ValueDescription declared = graph.values().get(output);
            DataType type = declared == null ? null : declared.type();
            Shape shape = declared == null ? null : declared.shape();
            if (type != null && shape != null && shape.isKnown()) {
                symbols.putIfAbsent(output, Symbol.of(new Input(null, new TensorSpec(type, shape))));
            } else {
                broken.add(output);
            }
        }
    }

    /** Makes a node's layer and calls it. */
    private void call(NodeDescription node) {
        if (!called.add(node)) {
            return;
        }
        OnnxOperator operator = operators.of(node);
        SequencedMap<String, Operand> operands = new LinkedHashMap<>();
        Set<String> inputs = new LinkedHashSet<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            String value = node.inputs().get(i);
            if (operator.knows(i) && (broken.contains(value) || foresight.follows(value, failed))) {
                giveUp(node);
                return;
            }
            if (!value.isEmpty()) {
                operands.merge(value, operand(operator, i, value), (a, b) -> a instanceof Operand.Foreseen ? a : b);
            }
        }
        for (String value : node.captured()) {
            operands.computeIfAbsent(value, this::captured);
        }
        operands.forEach((value, operand) -> {
            switch (operand) {
                case Operand.Data() -> inputs.add(value);
                case Operand.Foreseen(Slice slice) -> inputs.addAll(slice.shaped());
                case Operand.Parameter _ -> {}
            }
        });
        List<Symbol> arguments = new ArrayList<>();
        for (String input : inputs) {
            Symbol symbol = symbol(input);
            if (symbol == null) {
                if (!broken.contains(input)) {
                    throw new NodeProblem("its operand '" + input + "' comes from nowhere", "");
                }
                giveUp(node);
                return;
            }
            arguments.add(symbol);
        }
        add(node, new OnnxNode(node, operators, List.copyOf(inputs), operands), arguments);
    }

    private void add(NodeDescription node, Layer layer, List<Symbol> arguments) {
        List<Symbol> results = call(LayerNode.named(names.of(node), layer), arguments);
        for (int i = 0; i < node.outputs().size(); i++) {
            symbols.put(node.outputs().get(i), results.get(i));
        }
    }

    /** A file is not to be trusted: whatever goes wrong while a node is written is a problem of that node. */
    private static List<Symbol> call(LayerNode node, List<Symbol> arguments) {
        try {
            return Symbol.call(node, arguments);
        } catch (NodeProblem e) {
            throw e;
        } catch (RuntimeException e) {
            NodeProblem problem = new NodeProblem(String.valueOf(e.getMessage()), "");
            problem.initCause(e);
            throw problem;
        }
    }

    private Operand operand(OnnxOperator operator, int index, String value) {
        if (operator.knows(index)) {
            if (!foresight.isForeseen(value)) {
                throw unforeseen(operator.input(index), value);
            }
            return new Operand.Foreseen(foresight.slice(value));
        }
        Tensor tensor = foresight.tensor(value);
        if (tensor != null && Types.isReal(tensor.type())) {
            boolean isWeight = operator.weighs(index)
                    || Foresight.isWeight(tensor) && graph.initializers().containsKey(value);
            if (isWeight && uses.getOrDefault(value, 0) == 1) {
                return new Operand.Parameter(operator.input(index), tensor, operator.trains(index));
            }
            if (isWeight) {
                return new Operand.Data();
            }
        }
        return foreseenOrData(value);
    }

    private Operand captured(String value) {
        return foresight.isForeseen(value) && !foresight.isWeighted(value) ? foreseenOrData(value) : new Operand.Data();
    }

    private Operand foreseenOrData(String value) {
        if (foresight.tensor(value) != null) {
            return new Operand.Foreseen(foresight.slice(value));
        }
        if (!foresight.isForeseen(value) || foresight.isWeighted(value)) {
            return new Operand.Data();
        }
        Slice slice = foresight.slice(value);
        return isConstant(slice) ? new Operand.Foreseen(slice) : new Operand.Data();
    }

    /**
     * Whether a foreseen value is a number at once: it may need the batch, or an operator that is not computed at once. What is
     * wrong with its nodes is found when they are made layers instead.
     */
    private boolean isConstant(Slice slice) {
        Map<String, TensorSpec> specs = new HashMap<>();
        for (String name : slice.shaped()) {
            Symbol symbol = symbol(name);
            if (symbol == null) {
                return false;
            }
            Shape shape = symbol.spec().shape();
            specs.put(
                    name,
                    symbol.spec()
                            .withShape(Shape.ofDims(shape.dims().stream()
                                    .map(d -> d.isKnown() || Input.BATCH.equals(d.name()) ? d : Dim.of(ANY_SIZE))
                                    .toList())));
        }
        try {
            slice.evaluate(specs).tensor();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private NodeProblem unforeseen(String operand, String value) {
        boolean isInput = foresight.producer(value) == null;
        Set<String> origins = foresight.origins(value);
        String origin = isInput
                ? "the input '" + value + "'"
                : "computed from " + (origins.isEmpty() ? "data" : "the inputs " + origins);
        boolean areNumbers =
                graph.inputs().stream().filter(i -> origins.contains(i.name())).allMatch(ModelBuilder::holdsNumbers);
        String pins = origins.stream()
                .map(input -> ".pinned(\"" + input + "\", Tensor)")
                .collect(Collectors.joining());
        String options =
                origins.stream().map(input -> " --pin " + input + "=FILE.npy").collect(Collectors.joining());
        return new NodeProblem(
                "the value of its operand " + operand + " has to be known when the model is loaded, and is " + origin,
                isInput || areNumbers && !origins.isEmpty()
                        ? "give the value" + (origins.size() > 1 ? "s" : "") + ": ImportOptions.defaults()" + pins
                                + ", in the shell" + options
                        : "export the model with fixed sizes",
                isInput || areNumbers ? List.copyOf(origins) : List.of());
    }

    /** Whether an input may well be a shape, axes, or a setting, rather than data. */
    private static boolean holdsNumbers(ValueDescription input) {
        Shape shape = input.shape();
        return shape != null && shape.rank() < 2;
    }

    /** The symbol of a value; makes the layer that gives it where that has not been needed before. */
    private @Nullable Symbol symbol(String value) {
        Symbol known = symbols.get(value);
        if (known != null || broken.contains(value)) {
            return known;
        }
        Tensor tensor = foresight.tensor(value);
        if (tensor != null) {
            LayerNode node = LayerNode.named(
                    names.ofValue(value), new Stored(tensor, Types.isReal(tensor.type()) && tensor.size() > 0));
            symbols.put(value, Symbol.call(node, List.of()).getFirst());
            return symbols.get(value);
        }
        NodeDescription producer = foresight.producer(value);
        if (producer != null && foresight.isForeseen(producer)) {
            try {
                call(producer);
            } catch (NodeProblem e) {
                report(producer, e);
            }
        }
        return symbols.get(value);
    }
}
