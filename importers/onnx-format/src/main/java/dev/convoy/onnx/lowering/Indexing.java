package dev.convoy.onnx.lowering;

import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Ops that address elements by number. ONNX counts negative indices from the end; in Convoy they are errors. */
final class Indexing {

    private Indexing() {}

    static String lower(Emitter e, Node node, IndexingOp op) {
        return switch (op) {
            case IndexingOp.Gather(int axis) -> {
                Value data = node.input(0);
                String indices = checked(e, e.of(node.input(1)), node.input(1), bound(data, axis));
                yield e.op("Gather", List.of(Attribute.of("axis", (long) axis)), e.of(data), indices);
            }
            case IndexingOp.Scatter(int axis, IndexingOp.ScatterFn fn) -> scatter(e, node, axis, fn);
            case IndexingOp.Iota(DataType type, Shape shape, int axis) -> iota(e, type, shape, axis);
            case IndexingOp.Constant(Tensor value) -> e.constant(value);
        };
    }

    private static int bound(Value data, int axis) {
        Dim dim = data.shape().dim(axis);
        return dim.isKnown() ? dim.size() : Integer.MAX_VALUE;
    }

    /**
     * Indices of which the negative ones are replaced by one that is out of bounds, so that the run fails.
     *
     * @param indices the name under which the value, or a reshaped form of it, is known
     */
    static String checked(Emitter e, String indices, Value value, int outOfBounds) {
        if (!e.isGuarded()) {
            return indices;
        }
        boolean isKnownGood = value.constant()
                .filter(t -> IntStream.range(0, t.size()).allMatch(i -> t.get(i) >= 0))
                .isPresent();
        boolean isPlaceOfPool = value.producer()
                .filter(n -> n.op() instanceof dev.convoy.graph.SpatialOp.MaxPool)
                .isPresent();
        if (isKnownGood || isPlaceOfPool) {
            return indices;
        }
        DataType type = value.spec().type();
        String isNegative = e.op("Less", indices, e.scalar(type, 0));
        return e.where(isNegative, e.scalar(type, outOfBounds), indices);
    }

    private static String scatter(Emitter e, Node node, int axis, IndexingOp.ScatterFn fn) {
        Value data = node.input(0);
        Value updates = node.input(2);
        int rank = data.shape().rank();
        String indices = checked(e, e.of(node.input(1)), node.input(1), bound(data, axis));
        Shape column = Shape.ofDims(Collections.nCopies(rank, Dim.of(1)))
                .with(axis, node.input(1).shape().dim(0));
        String everywhere = e.op("Expand", e.reshape(indices, column), e.shape(updates.shape()));
        String reduction = switch (fn) {
            case SET -> "none";
            case ADD -> "add";
            case MUL -> "mul";
            case MAX -> "max";
            case MIN -> "min";
        };
        List<AttributeProto> attributes =
                List.of(Attribute.of("axis", (long) axis), Attribute.of("reduction", reduction));
        String result = e.op("ScatterElements", attributes, e.of(data), everywhere, e.of(updates));
        boolean losesNaN = fn == IndexingOp.ScatterFn.MAX || fn == IndexingOp.ScatterFn.MIN;
        DataType type = data.spec().type();
        if (!losesNaN || !type.isReal() || !e.isGuarded()) {
            return result;
        }
        List<AttributeProto> any = List.of(Attribute.of("axis", (long) axis), Attribute.of("reduction", "max"));
        String marks = e.op("ScatterElements", any, marks(e, data), everywhere, marks(e, updates));
        return e.where(e.cast(marks, DataType.BOOL), e.scalar(type, Double.NaN), result);
    }

    private static String marks(Emitter e, Value x) {
        return e.cast(e.op("IsNaN", e.of(x)), DataType.INT32);
    }

    private static String iota(Emitter e, DataType type, Shape shape, int axis) {
        Shape column =
                Shape.ofDims(Collections.nCopies(shape.rank(), Dim.of(1))).with(axis, shape.dim(axis));
        String numbers;
        if (shape.dim(axis).isKnown()) {
            numbers = e.constant(counting(type, column, shape.size(axis)));
        } else {
            String size = e.op("Squeeze", e.size(shape.dim(axis)));
            String range = e.op("Range", e.scalar(DataType.INT64, 0), size, e.scalar(DataType.INT64, 1));
            numbers = e.reshape(type == DataType.INT64 ? range : e.cast(range, type), column);
        }
        return column.equals(shape) ? e.op("Identity", numbers) : e.op("Expand", numbers, e.shape(shape));
    }

    private static Tensor counting(DataType type, Shape shape, int size) {
        Object array = type.storage().newArray(size);
        for (int i = 0; i < size; i++) {
            switch (array) {
                case float[] a -> a[i] = i;
                case double[] a -> a[i] = i;
                case int[] a -> a[i] = i;
                case long[] a -> a[i] = i;
                default -> throw new LoweringException("Iota counts in numbers, not in " + type);
            }
        }
        return Tensor.wrap(new TensorSpec(type, shape), array);
    }
}
