package dev.convoy.graph;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Writes a {@link Graph}, one node at a time. Every node is checked and its results' types and shapes are inferred when
 * it is added. Used by one thread.
 *
 * <p>All methods that add a node throw {@link GraphException} if a rule of its op is broken.
 */
public final class GraphBuilder {

    private final List<Node> nodes = new ArrayList<>();
    private final Set<Value> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final SequencedMap<String, Value> inputs = new LinkedHashMap<>();
    private final SequencedMap<String, Value> parameters = new LinkedHashMap<>();
    private final SequencedMap<String, Value> outputs = new LinkedHashMap<>();
    private final SequencedMap<String, Value> updates = new LinkedHashMap<>();
    private String origin = "";
    private int nextId;

    /** Starts with everything that a graph has, which shares its values and stays as it is. */
    public static GraphBuilder of(Graph graph) {
        GraphBuilder builder = new GraphBuilder();
        builder.nodes.addAll(graph.nodes());
        builder.inputs.putAll(graph.inputs());
        builder.parameters.putAll(graph.parameters());
        builder.outputs.putAll(graph.outputs());
        builder.updates.putAll(graph.updates());
        builder.known.addAll(graph.inputs().values());
        builder.known.addAll(graph.parameters().values());
        graph.nodes().forEach(node -> builder.known.addAll(node.outputs()));
        builder.nextId = builder.known.stream().mapToInt(Value::id).max().orElse(-1) + 1;
        return builder;
    }

    /** Adds a graph input. If the name is taken, a number is appended. */
    public Value input(String name, TensorSpec spec) {
        String unique = name;
        for (int i = 1; inputs.containsKey(unique) || parameters.containsKey(unique); i++) {
            unique = name + "_" + i;
        }
        return named(unique, spec, inputs);
    }

    /**
     * Adds a parameter.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Value parameter(String name, TensorSpec spec) {
        if (inputs.containsKey(name) || parameters.containsKey(name)) {
            throw new IllegalArgumentException("The name '" + name + "' is taken in this graph");
        }
        return named(name, spec, parameters);
    }

    private Value named(String name, TensorSpec spec, SequencedMap<String, Value> target) {
        Value value = new Value(nextId++, spec, null, name);
        target.put(name, value);
        known.add(value);
        return value;
    }

    /**
     * Names a result of the graph.
     *
     * @throws IllegalArgumentException if the name is taken by another output
     */
    public void output(String name, Value value) {
        if (outputs.putIfAbsent(name, own(value)) != null) {
            throw new IllegalArgumentException("The graph has an output '" + name + "' already");
        }
    }

    /**
     * Says with what value a parameter goes on after a run.
     *
     * @throws IllegalArgumentException if there is no such parameter, it has an update, or the spec differs
     */
    public void update(String parameter, Value value) {
        Value target = parameters.get(parameter);
        if (target == null || !target.spec().equals(own(value).spec())) {
            throw new IllegalArgumentException("Cannot update parameter '" + parameter + "' ("
                    + (target == null ? "absent" : target.spec()) + ") with " + value);
        }
        if (updates.putIfAbsent(parameter, value) != null) {
            throw new IllegalArgumentException("Parameter '" + parameter + "' is updated twice");
        }
    }

    /**
     * Adds a node.
     *
     * @return its results
     * @throws GraphException if the operands break a rule of the op
     * @throws IllegalArgumentException if an operand belongs to another graph
     */
    public List<Value> add(Op op, List<Value> operands) {
        operands.forEach(this::own);
        return append(op, operands, ShapeInference.infer(op, operands, origin));
    }

    /** Adds a node of another graph again; what its results are is known if its operands have the same specs as there. */
    List<Value> copy(Node node, List<Value> operands) {
        if (!Value.specs(operands).equals(Value.specs(node.inputs()))) {
            return add(node.op(), operands);
        }
        operands.forEach(this::own);
        return append(node.op(), operands, Value.specs(node.outputs()));
    }

    private List<Value> append(Op op, List<Value> operands, List<TensorSpec> results) {
        Node node = new Node(op, operands, results, origin, () -> nextId++);
        nodes.add(node);
        known.addAll(node.outputs());
        return node.outputs();
    }

    /** Adds a node and returns its first result. */
    public Value add(Op op, Value... operands) {
        return add(op, List.of(operands)).getFirst();
    }

    private Value own(Value value) {
        if (!known.contains(value)) {
            throw new IllegalArgumentException(value + " belongs to another graph");
        }
        return value;
    }

    /** Runs {@code body} with all nodes it adds attributed to a layer's path, and names the layer in what it throws. */
    public <T> T in(String layer, Supplier<T> body) {
        String outer = origin;
        origin = layer;
        try {
            return body.get();
        } catch (GraphException e) {
            throw layer.isEmpty() ? e : e.inLayer(layer);
        } finally {
            origin = outer;
        }
    }

    /** The path of the layer whose nodes are being added; empty outside layers. */
    public String origin() {
        return origin;
    }

    public Graph build() {
        return new Graph(nodes, inputs, parameters, outputs, updates);
    }

    public Value constant(Tensor value) {
        return add(new IndexingOp.Constant(value));
    }

    /** A scalar constant of the type of another value, with which it broadcasts. */
    public Value scalar(double value, DataType type) {
        return constant(Tensor.full(new TensorSpec(type, Shape.SCALAR), value));
    }

    public Value unary(UnaryFn fn, Value x) {
        return add(new ElementwiseOp.Unary(fn), x);
    }

    public Value binary(BinaryFn fn, Value a, Value b) {
        return add(new ElementwiseOp.Binary(fn), a, b);
    }

    /** A function of a value and a number, which takes the value's type. */
    public Value binary(BinaryFn fn, Value a, double b) {
        return binary(fn, a, scalar(b, a.spec().type()));
    }

    public Value add(Value a, Value b) {
        return binary(BinaryFn.ADD, a, b);
    }

    public Value sub(Value a, Value b) {
        return binary(BinaryFn.SUB, a, b);
    }

    public Value mul(Value a, Value b) {
        return binary(BinaryFn.MUL, a, b);
    }

    public Value div(Value a, Value b) {
        return binary(BinaryFn.DIV, a, b);
    }

    public Value add(Value a, double b) {
        return binary(BinaryFn.ADD, a, b);
    }

    public Value mul(Value a, double b) {
        return binary(BinaryFn.MUL, a, b);
    }

    public Value max(Value a, Value b) {
        return binary(BinaryFn.MAX, a, b);
    }

    public Value min(Value a, Value b) {
        return binary(BinaryFn.MIN, a, b);
    }

    public Value compare(CompareFn fn, Value a, Value b) {
        return add(new ElementwiseOp.Compare(fn), a, b);
    }

    /** A comparison of a value with a number, which takes the value's type. */
    public Value compare(CompareFn fn, Value a, double b) {
        return compare(fn, a, scalar(b, a.spec().type()));
    }

    public Value select(Value condition, Value a, Value b) {
        return add(new ElementwiseOp.Select(), condition, a, b);
    }

    /** The value in another type; itself if it has that type. */
    public Value cast(Value x, DataType to) {
        return x.spec().type() == to ? x : add(new ElementwiseOp.Cast(to), x);
    }

    /** A reduction along axes, which may be negative and in any order. */
    public Value reduce(ReduceFn fn, Value x, List<Integer> axes, boolean keepDims) {
        List<Integer> ascending = axes.stream().map(x.shape()::axis).sorted().toList();
        return add(new ReductionOp.Reduce(fn, ascending, keepDims), x);
    }

    /** {@code a · b}, see {@link ContractionOp.MatMul}. */
    public Value matMul(Value a, Value b) {
        return add(new ContractionOp.MatMul(false, false), a, b);
    }

    /** The value under another shape; itself if it has that shape. */
    public Value reshape(Value x, Shape target) {
        return x.shape().equals(target) ? x : add(new MovementOp.Reshape(target), x);
    }

    /** The value with reordered axes; itself if the order stays. */
    public Value transpose(Value x, List<Integer> permutation) {
        boolean identity = IntStream.range(0, permutation.size()).allMatch(i -> permutation.get(i) == i);
        return identity && permutation.size() == x.shape().rank() ? x : add(new MovementOp.Transpose(permutation), x);
    }

    /** The value repeated to a shape; itself if it has that shape. */
    public Value broadcast(Value x, Shape target) {
        return x.shape().equals(target) ? x : add(new MovementOp.Broadcast(target), x);
    }

    /** The elements in {@code [start, end)} along an axis, which may be negative. */
    public Value slice(Value x, int axis, int start, int end) {
        int rank = x.shape().rank();
        List<Integer> starts = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> ends = new ArrayList<>(Collections.nCopies(rank, MovementOp.Slice.TO_END));
        starts.set(x.shape().axis(axis), start);
        ends.set(x.shape().axis(axis), end);
        return add(new MovementOp.Slice(starts, ends, Collections.nCopies(rank, 1)), x);
    }

    /** Joins values along an axis, which may be negative. */
    public Value concat(List<Value> values, int axis) {
        int joined = values.isEmpty() ? axis : values.getFirst().shape().axis(axis);
        return add(new MovementOp.Concat(joined), values).getFirst();
    }
}
