package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.graph.MovementOp.PadMode.CONSTANT;
import static dev.convoy.graph.MovementOp.PadMode.EDGE;
import static dev.convoy.graph.MovementOp.PadMode.REFLECT;
import static dev.convoy.graph.MovementOp.PadMode.WRAP;

import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Locale;

/** Cases of {@link Pad}. */
public final class PadCases {

    private PadCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Tensor x = floats(1, 2, 3);
        cases.exact("constant", "value", line(CONSTANT, 1, 2, 9), List.of(x), floats(9, 1, 2, 3, 9, 9));
        cases.exact(
                "reflect", "the-edge-is-not-repeated", line(REFLECT, 2, 1, 9), List.of(x), floats(3, 2, 1, 2, 3, 2));
        cases.exact("edge", "the-edge-is-repeated", line(EDGE, 2, 1, 9), List.of(x), floats(1, 1, 1, 2, 3, 3));
        cases.exact("wrap", "from-the-other-end", line(WRAP, 2, 1, 9), List.of(x), floats(2, 3, 1, 2, 3, 1));
        cases.exact("constant", "minus-infinity", line(CONSTANT, 1, 0, -INF), List.of(x), floats(-INF, 1, 2, 3));
        cases.exact("C2", "wrap-by-the-size", line(WRAP, 3, 3, 0), List.of(x), floats(1, 2, 3, 1, 2, 3, 1, 2, 3));
        cases.exact("C2", "reflect-to-the-last", line(REFLECT, 2, 2, 0), List.of(x), floats(3, 2, 1, 2, 3, 2, 1));
        cases.exact("C2", "edge-of-one-element", line(EDGE, 3, 3, 0), List.of(floats(5)), floats(5, 5, 5, 5, 5, 5, 5));
        cases.exact("C1", "constant-around-nothing", line(CONSTANT, 1, 1, 4), List.of(floats(shape(0))), floats(4, 4));
        Tensor grid = counted(shape(2, 2));
        Pad around = new Pad(CONSTANT, List.of(1, 0), List.of(0, 1), 0);
        cases.exact("C1", "uneven", around, List.of(grid), floats(shape(3, 3), 0, 0, 0, 1, 2, 0, 3, 4, 0));
        Pad nothing = new Pad(REFLECT, List.of(0, 0), List.of(0, 0), 0);
        cases.exact("C1", "nothing-to-pad", nothing, List.of(grid), grid);
        cases.exact("type", "int32", line(CONSTANT, 1, 0, -7), List.of(ints(16777217, 2)), ints(-7, 16777217, 2));
        cases.exact("type", "int64", line(EDGE, 1, 0, 0), List.of(longs(1L << 60, 2)), longs(1L << 60, 1L << 60, 2));
        cases.exact("type", "bool", line(CONSTANT, 1, 1, 1), List.of(bools(false)), bools(true, false, true));
        storedTypes(cases);
        for (PadMode mode : PadMode.values()) {
            String key = mode.name().toLowerCase(Locale.ROOT);
            Pad image = new Pad(mode, List.of(0, 2, 1, 0), List.of(0, 1, 3, 0), 0.5);
            cases.reference(key, "image-uneven", Tolerance.EXACT, image, List.of(counted(shape(2, 5, 4, 3))));
            Pad corner = new Pad(mode, List.of(1, 1, 1), List.of(1, 1, 1), -1);
            cases.reference(key, "all-axes", Tolerance.EXACT, corner, List.of(counted(shape(2, 3, 4))));
        }
        return cases.all();
    }

    /** IEEE 754: -2.5 is C100 in float16, and C020 in bfloat16. */
    private static void storedTypes(CaseList cases) {
        cases.exact(
                "type",
                "uint8",
                line(CONSTANT, 1, 1, 200),
                List.of(Tensor.wrap(TensorSpec.of(DataType.UINT8, 1), new byte[] {7})),
                Tensor.wrap(TensorSpec.of(DataType.UINT8, 3), new byte[] {(byte) 200, 7, (byte) 200}));
        cases.exact(
                "type",
                "float16",
                line(CONSTANT, 1, 0, -2.5),
                List.of(Tensor.wrap(TensorSpec.of(DataType.FLOAT16, 1), new short[] {0x3C00})),
                Tensor.wrap(TensorSpec.of(DataType.FLOAT16, 2), new short[] {(short) 0xC100, 0x3C00}));
        cases.exact(
                "type",
                "bfloat16",
                line(CONSTANT, 1, 0, -2.5),
                List.of(Tensor.wrap(TensorSpec.of(DataType.BFLOAT16, 1), new short[] {0x3F80})),
                Tensor.wrap(TensorSpec.of(DataType.BFLOAT16, 2), new short[] {(short) 0xC020, 0x3F80}));
    }

    private static Pad line(PadMode mode, int before, int after, double value) {
        return new Pad(mode, List.of(before), List.of(after), value);
    }
}
