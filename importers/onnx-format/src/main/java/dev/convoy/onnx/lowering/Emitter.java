package dev.convoy.onnx.lowering;

import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.graph.pass.ConstantFolding;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the nodes of one ONNX graph, knows the name of each value, and offers what several lowerings need. */
final class Emitter {

    private final Names names;
    private final List<NodeProto.Builder> nodes = new ArrayList<>();
    private final Map<Value, String> values = new HashMap<>();
    private final Map<String, Extent> extents = new HashMap<>();
    private final Set<Value> used;
    private final Target target;
    private final int opset;
    private String origin = "";

    /** Where the size of a named dimension can be read when the graph runs. */
    private record Extent(String tensor, int axis) {}

    /**
     * @param names shared with the graph around this one
     * @param used the values that something reads
     */
    Emitter(Names names, Set<Value> used, Target target, int opset) {
        this.names = names;
        this.target = target;
        this.opset = opset;
        this.used = used;
    }

    Names names() {
        return names;
    }

    List<NodeProto.Builder> nodes() {
        return nodes;
    }

    /** Whether what ONNX Runtime does otherwise than specified is worked around. */
    boolean isGuarded() {
        return target == Target.ONNX_RUNTIME;
    }

    int opset() {
        return opset;
    }

    /** Says that the next nodes stand for this one. */
    void at(Node node) {
        origin = node.origin();
    }

    void name(Value value, String name) {
        values.put(value, name);
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            String dim = value.shape().dim(axis).name();
            if (dim != null) {
                extents.putIfAbsent(dim, new Extent(name, axis));
            }
        }
    }

    /** The ONNX name of a value. */
    String of(Value value) {
        String name = values.get(value);
        if (name == null) {
            throw new IllegalStateException(value + " is not lowered yet");
        }
        return name;
    }

    boolean isUsed(Value value) {
        return used.contains(value);
    }

    /** Adds a node with one result and returns the result's name. */
    String op(String type, List<AttributeProto> attributes, List<String> inputs) {
        return results(type, 1, attributes, inputs).getFirst();
    }

    String op(String type, List<AttributeProto> attributes, String... inputs) {
        return op(type, attributes, List.of(inputs));
    }

    String op(String type, String... inputs) {
        return op(type, List.of(), List.of(inputs));
    }

    /** Adds a node and returns the names of its results. */
    List<String> results(String type, int count, List<AttributeProto> attributes, List<String> inputs) {
        String name = names.unique(origin.isEmpty() ? type : origin + "/" + type);
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outputs.add(i == 0 ? name : names.unique(name + "_" + i));
        }
        nodes.add(NodeProto.newBuilder()
                .setName(name)
                .setOpType(type)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(attributes));
        return outputs;
    }

    String constant(Tensor tensor) {
        return names.initializer(tensor);
    }

    /** A scalar constant. */
    String scalar(DataType type, double value) {
        if (type.isArithmetic()) {
            return constant(Tensor.full(new TensorSpec(type, Shape.SCALAR), value));
        }
        Tensor number = Tensor.full(TensorSpec.of(DataType.FLOAT64), value);
        return ConstantFolding.evaluate(new ElementwiseOp.Cast(type), List.of(number))
                .map(converted -> constant(converted.getFirst()))
                .orElseGet(() -> cast(scalar(DataType.FLOAT32, value), type));
    }

    /** A vector of int64: axes, sizes, starts. */
    String longs(long... values) {
        return constant(Tensor.of(values, values.length));
    }

    String longs(List<Integer> values) {
        return longs(values.stream().mapToLong(Integer::longValue).toArray());
    }

    String cast(String x, DataType to) {
        return op("Cast", List.of(Attribute.of("to", (long) ElementTypes.number(to))), x);
    }

    String where(String condition, String a, String b) {
        return op("Where", condition, a, b);
    }

    String transpose(String x, List<Integer> permutation) {
        return op("Transpose", List.of(Attribute.of("perm", permutation)), x);
    }

    /** The slices {@code [start, end)} with a step along one axis. */
    String slice(String x, int axis, long start, long end, long step) {
        return op("Slice", x, longs(start), longs(end), longs(axis), longs(step));
    }

    /** A shape as a vector of int64, computed when it runs if a dimension is named. */
    String shape(Shape shape) {
        if (shape.isKnown()) {
            return longs(Arrays.stream(shape.sizes()).asLongStream().toArray());
        }
        List<String> parts = shape.dims().stream().map(this::size).toList();
        return parts.size() == 1 ? parts.getFirst() : op("Concat", List.of(Attribute.of("axis", 0L)), parts);
    }

    /** The size of a dimension as a vector of one int64. */
    String size(Dim dim) {
        if (dim.isKnown()) {
            return longs(dim.size());
        }
        Extent extent = extents.get(dim.name());
        if (extent == null) {
            throw new LoweringException("Nothing in the graph has the size of dimension '" + dim.name()
                    + "'. Remedy: bind it to a number before the graph is written as ONNX");
        }
        long axis = extent.axis();
        return op("Shape", List.of(Attribute.of("start", axis), Attribute.of("end", axis + 1)), extent.tensor());
    }

    /** The elements of x under another shape. */
    String reshape(String x, Shape target) {
        long named = target.dims().stream().filter(d -> !d.isKnown()).count();
        boolean hasZero = target.dims().stream().anyMatch(d -> d.isKnown() && d.size() == 0);
        if (named > 1 || named == 1 && hasZero) {
            return op("Reshape", List.of(Attribute.of("allowzero", true)), x, shape(target));
        }
        String sizes = longs(target.dims().stream()
                .mapToLong(d -> d.isKnown() ? d.size() : -1)
                .toArray());
        return hasZero ? op("Reshape", List.of(Attribute.of("allowzero", true)), x, sizes) : op("Reshape", x, sizes);
    }

    /** A tensor of one repeated number. */
    String filled(DataType type, Shape shape, double value) {
        return op("Expand", scalar(type, value), shape(shape));
    }

    /** The emitter of a body: it sees all values of this graph. */
    Emitter body(Set<Value> usedInside) {
        Emitter inner = new Emitter(names, usedInside, target, opset);
        inner.values.putAll(values);
        inner.extents.putAll(extents);
        inner.origin = origin;
        return inner;
    }
}
