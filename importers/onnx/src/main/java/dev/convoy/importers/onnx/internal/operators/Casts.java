package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.tensor.DataType;
import java.util.List;
import java.util.Map;

/** Conversions between element types. */
final class Casts {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Cast", Casts::cast),
            OnnxOperator.one("CastLike", s -> to(s, s.stored(1).spec().type()))
                    .inputs("input", "target_type")
                    .specs("target_type"));

    /** The largest number of float8e5m2, which is the only one of these types that has infinities. */
    private static final double LARGEST_E5M2 = 57344;

    /** Of the others, the least float32 that rounds to more than the type's largest number, half-way cases to even. */
    private static final Map<DataType, Double> FIRST_TOO_LARGE = Map.of(
            DataType.FLOAT8E4M3FN, (double) Math.nextUp(464f),
            DataType.FLOAT8E4M3FNUZ, 248.0,
            DataType.FLOAT8E5M2FNUZ, 61440.0);

    private Casts() {}

    private static Value cast(NodeScope s) {
        int number = s.opset() < 6 ? numberOf(s, s.text("to", "")) : s.number("to");
        return to(s, type(s, number));
    }

    /**
     * The type of a number of ONNX.
     *
     * @throws dev.convoy.importers.onnx.internal.node.NodeProblem if tensors of it cannot be stored
     */
    static DataType type(NodeScope s, int number) {
        return ElementTypes.type(number)
                .filter(t -> t.storage() != DataType.Storage.NONE)
                .orElseThrow(() -> s.refuse("a cast to element type number " + number + " is not supported", ""));
    }

    private static Value to(NodeScope s, DataType to) {
        boolean saturates = s.flag("saturate", true);
        String rounding = s.text("round_mode", "up");
        return to == DataType.FLOAT8E8M0
                ? powerOfTwo(s, s.stored(0), rounding)
                : rounded(s.graph(), cast(s.graph(), s.stored(0), to, saturates));
    }

    /** Who computes with a result of this operator shall see it rounded, unlike those of {@link NodeScope#operand}. */
    private static Value rounded(GraphBuilder g, Value result) {
        DataType type = result.spec().type();
        boolean rounds = type == DataType.FLOAT16 || type == DataType.BFLOAT16;
        return rounds ? g.cast(g.cast(result, DataType.FLOAT32), type) : result;
    }

    /**
     * A conversion as ONNX 19 defines it for float8: what is too large becomes the largest number; without saturation
     * infinity if the type has one, else NaN. For other types saturation has no meaning. NaN becomes -0 as float4e2m1, which has
     * no code for it, as in the tests of ONNX 1.20.
     */
    static Value cast(GraphBuilder g, Value x, DataType to, boolean saturates) {
        Double firstTooLarge = FIRST_TOO_LARGE.get(to);
        boolean hasInfinity = to == DataType.FLOAT8E5M2;
        if (hasInfinity && saturates) {
            Value real = g.cast(x, DataType.FLOAT32);
            Value raised = g.binary(BinaryFn.MAX, real, -LARGEST_E5M2);
            return g.cast(g.binary(BinaryFn.MIN, raised, LARGEST_E5M2), to);
        }
        if (to == DataType.FLOAT4E2M1) {
            Value real = g.cast(x, DataType.FLOAT32);
            return g.cast(g.select(g.unary(UnaryFn.IS_NAN, real), g.scalar(-0.0, DataType.FLOAT32), real), to);
        }
        if (firstTooLarge == null || saturates) {
            return g.cast(x, to);
        }
        Value real = g.cast(x, DataType.FLOAT32);
        Value tooLarge = g.compare(CompareFn.GE, g.unary(UnaryFn.ABS, real), firstTooLarge);
        return g.cast(g.select(tooLarge, g.scalar(Double.NaN, DataType.FLOAT32), real), to);
    }

    /** ONNX 24: to the next power of two in the direction of the rounding mode. */
    private static Value powerOfTwo(NodeScope s, Value x, String rounding) {
        GraphBuilder g = s.graph();
        Value real = g.cast(x, DataType.FLOAT32);
        Value nearest = g.cast(g.cast(real, DataType.FLOAT8E8M0), DataType.FLOAT32);
        Value rounded = switch (rounding) {
            case "up" -> g.select(g.compare(CompareFn.LT, nearest, real), g.mul(nearest, 2), nearest);
            case "down" -> g.select(g.compare(CompareFn.GT, nearest, real), g.mul(nearest, 0.5), nearest);
            case "nearest" -> nearest;
            default -> throw s.refuse("the round_mode " + rounding + " does not exist", "");
        };
        return g.cast(rounded, DataType.FLOAT8E8M0);
    }

    /** Before version 6 the type is given by its name. */
    private static int numberOf(NodeScope s, String name) {
        return switch (name) {
            case "FLOAT" -> ElementTypes.number(DataType.FLOAT32);
            case "DOUBLE" -> ElementTypes.number(DataType.FLOAT64);
            case "FLOAT16", "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64", "BOOL" ->
                ElementTypes.number(DataType.valueOf(name));
            default -> throw s.refuse("a cast to " + name + " is not supported", "");
        };
    }
}
