package dev.convoy.importers.onnx.internal.node;

import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.Noise;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees of its node. Operands come in a type that backends compute in, and a result of that type goes back
 * into the operand's own, so that an operator is written once for all types; {@link #stored} leaves an operand as it is.
 */
public final class NodeScope {

    private final NodeDescription node;
    private final OnnxOperator operator;
    private final OperatorTable operators;
    private final LayerScope layer;
    private final Map<String, Source> sources;
    private final Attributes attributes;
    /** For a type in which this node computes, the type of its first operand that is computed in it. */
    private final Map<DataType, DataType> own = new EnumMap<>(DataType.class);

    private NodeScope(NodeDescription node, OperatorTable operators, LayerScope layer, Map<String, Source> sources) {
        this.node = node;
        this.operators = operators;
        this.operator = operators.of(node);
        this.layer = layer;
        this.sources = sources;
        this.attributes = new Attributes(node.attributes());
    }

    /**
     * Writes a node.
     *
     * @param sources every value that the node uses, by name
     * @return its results, each of its ONNX type
     * @throws NodeProblem if something about the node is not supported
     * @throws dev.convoy.graph.GraphException if the operands break a rule of an op
     */
    public static List<Value> write(
            NodeDescription node, OperatorTable operators, LayerScope layer, Map<String, Source> sources) {
        NodeScope scope = new NodeScope(node, operators, layer, sources);
        return scope.finish(scope.operator.writer().write(scope));
    }

    private List<Value> finish(List<Value> results) {
        Set<String> unread = attributes.unread();
        if (!unread.isEmpty()) {
            throw refuse(
                    "the attribute" + (unread.size() == 1 ? " " : "s ") + String.join(", ", unread)
                            + (unread.size() == 1 ? " is" : " are") + " not supported",
                    "");
        }
        if (results.size() < node.outputs().size()) {
            throw refuse("only its first " + results.size() + " results are supported", "");
        }
        List<Value> typed = new ArrayList<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            Value result = results.get(i);
            DataType type = result.spec().type();
            typed.add(graph().cast(result, own.getOrDefault(type, type)));
        }
        return typed;
    }

    public GraphBuilder graph() {
        return layer.graph();
    }

    /** The version of the operator set. */
    public int opset() {
        return node.opset();
    }

    public String opType() {
        return node.opType();
    }

    /** The number of operands, left out ones in between included. */
    public int operands() {
        return node.inputs().size();
    }

    /** The number of results that the node names. */
    public int results() {
        return node.outputs().size();
    }

    /** Whether an operand is given. */
    public boolean has(int index) {
        return index < node.inputs().size() && !node.inputs().get(index).isEmpty();
    }

    /** Whether somebody may take a result. */
    public boolean wants(int result) {
        return result < node.outputs().size() && !node.outputs().get(result).isEmpty();
    }

    /**
     * An operand in the type in which it is computed with: float32, int32, int64 or bool. Results of that type are cast to
     * the operand's own type afterwards. What another node computed in float32 for a result of 16 bits comes as it was
     * before it was rounded, as in ONNX Runtime on a CPU.
     *
     * @throws NodeProblem if it is left out, or backends cannot compute with its type
     */
    public Value operand(int index) {
        Value value = stored(index);
        DataType type = value.spec().type();
        DataType computing = Types.computing(type);
        if (!computing.isArithmetic()) {
            throw refuse("operands of " + type + " are not supported", "");
        }
        own.putIfAbsent(computing, type);
        return computing == DataType.FLOAT32 ? unrounded(value) : graph().cast(value, computing);
    }

    private Value unrounded(Value value) {
        return value.producer()
                .filter(node -> node.op() instanceof ElementwiseOp.Cast)
                .map(node -> node.input(0))
                .filter(source -> source.spec().type() == DataType.FLOAT32)
                .orElseGet(() -> graph().cast(value, DataType.FLOAT32));
    }

    /**
     * As {@link #operand}, but float64 stays float64, except in training, which is in float32 throughout.
     *
     * @throws NodeProblem if it is left out, or backends cannot compute with its type
     */
    public Value precise(int index) {
        Value value = stored(index);
        return value.spec().type() == DataType.FLOAT64 && !training() ? value : operand(index);
    }

    /** All operands, as {@link #operand}. */
    public List<Value> all() {
        return IntStream.range(0, operands()).mapToObj(this::operand).toList();
    }

    /**
     * An operand in its own type; results stay as they are. For operators that only move elements, and for those that say
     * the types of their results themselves.
     *
     * @throws NodeProblem if it is left out
     */
    public Value stored(int index) {
        return source(index).value();
    }

    /** The value of an operand if it is known while the graph is written. */
    public Optional<Known> whenKnown(int index) {
        return has(index) ? source(index).known() : Optional.empty();
    }

    /**
     * The value of an operand.
     *
     * @throws NodeProblem if it is left out, or depends on what the model is given
     */
    public Known known(int index) {
        return source(index)
                .known()
                .orElseThrow(() -> refuse(
                        "the value of its operand " + operator.input(index)
                                + " has to be known when the model is loaded," + " but is computed from data",
                        "export the model with fixed sizes"));
    }

    private Source source(int index) {
        if (!has(index)) {
            throw refuse("its operand " + operator.input(index) + " is missing", "");
        }
        String name = node.inputs().get(index);
        Source source = sources.get(name);
        if (source == null) {
            throw refuse("its operand '" + name + "' comes from nowhere", "");
        }
        return source;
    }

    /** Whether an attribute is given. */
    public boolean has(String attribute) {
        return attributes.has(attribute);
    }

    /** Leaves attributes out of account that do not change what is computed. */
    public void ignore(String... names) {
        for (String name : names) {
            attributes.ignore(name);
        }
    }

    public long integer(String attribute, long otherwise) {
        return attributes.integer(attribute).orElse(otherwise);
    }

    /** An attribute as an int. */
    public int number(String attribute, int otherwise) {
        return Known.toInt(integer(attribute, otherwise));
    }

    /** An attribute that ONNX requires. */
    public int number(String attribute) {
        return Known.toInt(attributes.integer(attribute).orElseThrow(() -> missing(attribute)));
    }

    public double real(String attribute, double otherwise) {
        return attributes.real(attribute).orElse(otherwise);
    }

    /** An integer that says yes or no. */
    public boolean flag(String attribute, boolean otherwise) {
        return integer(attribute, otherwise ? 1 : 0) != 0;
    }

    public String text(String attribute, String otherwise) {
        return attributes.text(attribute).orElse(otherwise);
    }

    public List<String> texts(String attribute, List<String> otherwise) {
        return attributes.texts(attribute).orElse(otherwise);
    }

    public List<Long> longs(String attribute, List<Long> otherwise) {
        return attributes.integers(attribute).orElse(otherwise);
    }

    public List<Integer> ints(String attribute, List<Integer> otherwise) {
        return attributes
                .integers(attribute)
                .map(values -> values.stream().map(Known::toInt).toList())
                .orElse(otherwise);
    }

    public List<Double> reals(String attribute, List<Double> otherwise) {
        return attributes.reals(attribute).orElse(otherwise);
    }

    public @Nullable Tensor tensor(String attribute) {
        return attributes.tensor(attribute).orElse(null);
    }

    /** A graph in an attribute that ONNX requires. */
    public GraphDescription body(String attribute) {
        return attributes.body(attribute).orElseThrow(() -> missing(attribute));
    }

    /**
     * Numbers that newer versions take as an operand and older ones as an attribute: axes, a shape, pads.
     *
     * @return empty if neither is given
     */
    public Optional<List<Long>> longs(int operand, String attribute) {
        Optional<List<Long>> stated = attributes.integers(attribute);
        return has(operand) ? Optional.of(known(operand).longs()) : stated;
    }

    private NodeProblem missing(String attribute) {
        return refuse("its attribute " + attribute + " is missing", "");
    }

    /**
     * Writes a graph of an attribute where the node stands; it sees the values around the node.
     *
     * @param arguments of its inputs, in order
     * @return its outputs, in order
     */
    public List<Value> write(GraphDescription body, List<Value> arguments) {
        return new GraphWriter(operators, layer, sources).write(body, arguments);
    }

    /**
     * Writes a graph of an attribute as a graph of its own, for an op that runs it.
     *
     * @param arguments types and shapes of its inputs, in order
     */
    public Body separately(GraphDescription body, List<TensorSpec> arguments) {
        return Body.write(body, arguments, operators, layer, sources);
    }

    /** A number that the graph computes from constants; empty if it depends on data. */
    public static Optional<Known> whenKnown(Value value) {
        return Source.of(value).known();
    }

    /** Whether the graph is for training. */
    public boolean training() {
        return layer.training();
    }

    /** Whether the graph is for training, and this layer is not frozen. */
    public boolean trains() {
        return layer.training() && layer.trainable();
    }

    /** Random numbers, drawn anew for each run. */
    public Value noise(Shape shape, Noise kind) {
        return layer.noise(shape, kind);
    }

    /** Says with what value an operand goes on after a training step, if it is a parameter of this node. */
    public void update(int index, Value next) {
        if (source(index) instanceof ParameterSource parameter) {
            layer.update(
                    parameter.role(),
                    graph().cast(next, parameter.value().spec().type()));
        }
    }

    /**
     * A problem with this node, to be thrown.
     *
     * @param reason what is wrong, without a full stop
     * @param remedy what the user can do, or empty
     */
    public NodeProblem refuse(String reason, String remedy) {
        return new NodeProblem(reason, remedy);
    }
}
