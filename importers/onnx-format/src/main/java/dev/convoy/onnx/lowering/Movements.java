package dev.convoy.onnx.lowering;

import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Ops that move elements. Types for which an operator has no kernel take a detour through one that holds them all. */
final class Movements {

    private Movements() {}

    static String lower(Emitter e, Node node, MovementOp op) {
        Value x = node.input(0);
        DataType type = x.spec().type();
        return switch (op) {
            case MovementOp.Reshape(Shape target) -> e.reshape(e.of(x), target);
            case MovementOp.Transpose(List<Integer> permutation) -> e.transpose(e.of(x), permutation);
            case MovementOp.Broadcast(Shape target) -> broadcast(e, e.of(x), type, target);
            case MovementOp.Slice slice -> slice(e, x, slice);
            case MovementOp.Reverse(List<Integer> axes) -> reverse(e, e.of(x), axes);
            case MovementOp.Pad(PadMode mode, List<Integer> before, List<Integer> after, double value) ->
                switch (mode) {
                    case CONSTANT -> pad(e, e.of(x), type, "constant", before, after, value);
                    case REFLECT -> pad(e, e.of(x), type, "reflect", before, after, 0);
                    case EDGE -> pad(e, e.of(x), type, "edge", before, after, 0);
                    case WRAP -> wrap(e, x, before, after);
                };
            case MovementOp.Concat(int axis) ->
                e.op(
                        "Concat",
                        List.of(Attribute.of("axis", (long) axis)),
                        node.inputs().stream().map(e::of).toList());
        };
    }

    private static String broadcast(Emitter e, String x, DataType type, Shape target) {
        return isNarrowFloat(type)
                ? e.cast(e.op("Expand", e.cast(x, DataType.FLOAT32), e.shape(target)), type)
                : e.op("Expand", x, e.shape(target));
    }

    private static boolean isNarrowFloat(DataType type) {
        return switch (type) {
            case BFLOAT16, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> true;
            case FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    INT8,
                    UINT8,
                    INT16,
                    UINT16,
                    INT32,
                    UINT32,
                    INT64,
                    UINT64,
                    BOOL,
                    STRING,
                    COMPLEX64,
                    COMPLEX128,
                    FLOAT8E8M0,
                    UINT4,
                    INT4,
                    FLOAT4E2M1 -> false;
        };
    }

    private static String slice(Emitter e, Value x, MovementOp.Slice op) {
        List<Long> starts = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        List<Long> axes = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            boolean isWhole = op.starts().get(axis) == 0
                    && op.steps().get(axis) == 1
                    && (op.ends().get(axis) == MovementOp.Slice.TO_END
                            || x.shape().dim(axis).isKnown()
                                    && op.ends().get(axis) == x.shape().size(axis));
            if (!isWhole) {
                int end = op.ends().get(axis);
                starts.add((long) op.starts().get(axis));
                ends.add(end == MovementOp.Slice.TO_END ? Long.MAX_VALUE : (long) end);
                axes.add((long) axis);
                steps.add((long) op.steps().get(axis));
            }
        }
        return axes.isEmpty()
                ? e.op("Identity", e.of(x))
                : e.op("Slice", e.of(x), longs(e, starts), longs(e, ends), longs(e, axes), longs(e, steps));
    }

    private static String longs(Emitter e, List<Long> values) {
        return e.longs(values.stream().mapToLong(Long::longValue).toArray());
    }

    private static String reverse(Emitter e, String x, List<Integer> axes) {
        if (axes.isEmpty()) {
            return e.op("Identity", x);
        }
        List<Long> starts = axes.stream().map(a -> -1L).toList();
        List<Long> ends = axes.stream().map(a -> Long.MIN_VALUE).toList();
        return e.op("Slice", x, longs(e, starts), longs(e, ends), e.longs(axes), longs(e, starts));
    }

    /** The operand with elements around it, or itself if there are none. */
    static String pad(
            Emitter e, String x, DataType type, String mode, List<Integer> before, List<Integer> after, double value) {
        List<Integer> pads = Stream.concat(before.stream(), after.stream()).toList();
        if (pads.stream().allMatch(p -> p == 0)) {
            return x;
        }
        if (isNarrowFloat(type) || type == DataType.INT16 || type == DataType.UINT16) {
            DataType detour = DataType.FLOAT32;
            return e.cast(pad(e, e.cast(x, detour), detour, mode, before, after, value), type);
        }
        List<String> inputs = new ArrayList<>(List.of(x, e.longs(pads)));
        if (mode.equals("constant")) {
            inputs.add(e.scalar(type, value));
        }
        return e.op("Pad", List.of(Attribute.of("mode", mode)), inputs);
    }

    /** Axis by axis, the last elements in front and the first ones behind. */
    private static String wrap(Emitter e, Value x, List<Integer> before, List<Integer> after) {
        String y = e.of(x);
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            List<String> parts = new ArrayList<>();
            if (before.get(axis) > 0) {
                int size = x.shape().size(axis);
                parts.add(e.slice(y, axis, size - before.get(axis), size, 1));
            }
            parts.add(y);
            if (after.get(axis) > 0) {
                parts.add(e.slice(y, axis, 0, after.get(axis), 1));
            }
            y = parts.size() == 1 ? y : e.op("Concat", List.of(Attribute.of("axis", (long) axis)), parts);
        }
        return y;
    }
}
