package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;

import dev.convoy.graph.ElementwiseOp.Cast;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** Cases of {@link Cast}. Those of types narrower than 16 bits but int8 and uint8 are optional. */
public final class CastCases {

    private final CaseList cases = new CaseList();

    private CastCases() {}

    public static List<OpCase> all() {
        CastCases table = new CastCases();
        table.fromFloat32();
        table.fromIntegers();
        table.fromBool();
        table.halfPrecision();
        table.narrowIntegers();
        table.narrowFloats();
        return table.cases.all();
    }

    private void fromFloat32() {
        Tensor x = floats(1.9, -1.9, 0, 3e9, -3e9, INF, -INF, NAN, 1e20);
        int high = Integer.MAX_VALUE;
        int low = Integer.MIN_VALUE;
        exact("float32-to-int32", x, ints(1, -1, 0, high, low, high, low, 0, high));
        exact(
                "float32-to-int64",
                x,
                longs(1, -1, 0, 3_000_000_000L, -3_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, 0, Long.MAX_VALUE));
        exact("float32-to-bool", floats(0, -0.0, 0.1, -3, NAN), bools(false, false, true, true, true));
        exact("float32-to-itself", floats(1.5, NAN), floats(1.5, NAN));
    }

    private void fromIntegers() {
        exact(
                "int32-to-float32",
                ints(1, -7, 16777217, 16777219, Integer.MAX_VALUE),
                floats(1, -7, 16777216, 16777220, 0x1p31));
        exact("int32-to-int64", ints(-1, Integer.MIN_VALUE), longs(-1, Integer.MIN_VALUE));
        exact("int32-to-bool", ints(0, 2, -1), bools(false, true, true));
        exact("int64-to-int32", longs(-1, 1L << 32, (1L << 32) + 5, 1L << 31), ints(-1, 0, 5, Integer.MIN_VALUE));
        exact("int64-to-float32", longs(-3, (1L << 24) + 1, Long.MAX_VALUE), floats(-3, 0x1p24, 0x1p63));
        exact("int64-to-bool", longs(0, 1L << 40), bools(false, true));
    }

    private void fromBool() {
        Tensor x = bools(true, false);
        exact("bool-to-float32", x, floats(1, 0));
        exact("bool-to-int32", x, ints(1, 0));
        exact("bool-to-int64", x, longs(1, 0));
    }

    /** IEEE 754: 65504 is the largest float16; 2^-24 its smallest, half of which is a tie and goes to the even zero. */
    private void halfPrecision() {
        Tensor half = stored(
                DataType.FLOAT16,
                (short) 0x3C00,
                (short) 0xC000,
                (short) 0x7BFF,
                (short) 0x7C00,
                (short) 0x0001,
                (short) 0x7E00);
        exact("float16-to-float32", half, floats(1, -2, 65504, INF, 0x1p-24, NAN));
        exact(
                "float32-to-float16",
                floats(1, -2, 65504, 65520, 0x1p-24, 0x1p-25, 1 + 0x1p-11, 1 + 0x3p-11),
                stored(
                        DataType.FLOAT16,
                        (short) 0x3C00,
                        (short) 0xC000,
                        (short) 0x7BFF,
                        (short) 0x7C00,
                        (short) 0x0001,
                        (short) 0,
                        (short) 0x3C00,
                        (short) 0x3C02));
        Tensor brain = stored(DataType.BFLOAT16, (short) 0x3F80, (short) 0xC000, (short) 0x7F80, (short) 0x7F7F);
        exact("bfloat16-to-float32", brain, floats(1, -2, INF, 0x1.fep127));
        exact(
                "float32-to-bfloat16",
                floats(1, -2, Float.MAX_VALUE, 1 + 0x1p-8, 1 + 0x3p-8),
                stored(DataType.BFLOAT16, (short) 0x3F80, (short) 0xC000, (short) 0x7F80, (short) 0x3F80, (short)
                        0x3F82));
    }

    private void narrowIntegers() {
        exact("int8-to-int32", stored(DataType.INT8, (byte) -128, (byte) 127, (byte) -1), ints(-128, 127, -1));
        exact("uint8-to-int32", stored(DataType.UINT8, (byte) -128, (byte) 127, (byte) -1), ints(128, 127, 255));
        exact("uint8-to-float32", stored(DataType.UINT8, (byte) -128, (byte) 127, (byte) -1), floats(128, 127, 255));
        exact("int8-to-float32", stored(DataType.INT8, (byte) -128, (byte) 127, (byte) -1), floats(-128, 127, -1));
        exact("uint16-to-int32", stored(DataType.UINT16, (short) -1, (short) 5), ints(65535, 5));
        exact("int16-to-int32", stored(DataType.INT16, (short) -1, (short) 5), ints(-1, 5));
        exact(
                "uint32-to-int64",
                Tensor.wrap(TensorSpec.of(DataType.UINT32, 2), new int[] {-1, 5}),
                longs(0xFFFF_FFFFL, 5));
        exact(
                "uint64-to-float32",
                Tensor.wrap(TensorSpec.of(DataType.UINT64, 2), new long[] {-1, 5}),
                floats(0x1p64, 5));
        exact(
                "int32-to-int8",
                ints(127, 128, -129, 256),
                stored(DataType.INT8, (byte) 127, (byte) -128, (byte) 127, (byte) 0));
        exact("int32-to-uint8", ints(255, 256, -1), stored(DataType.UINT8, (byte) 255, (byte) 0, (byte) 255));
        exact("float32-to-uint8", floats(0, 254.9, 3.5), stored(DataType.UINT8, (byte) 0, (byte) 254, (byte) 3));
        exact("float32-to-int8", floats(-128, 127, -3.9), stored(DataType.INT8, (byte) -128, (byte) 127, (byte) -3));
        exact("int64-to-uint32", longs(-1, 5), Tensor.wrap(TensorSpec.of(DataType.UINT32, 2), new int[] {-1, 5}));
        exact("uint8-to-bool", stored(DataType.UINT8, (byte) 0, (byte) 2), bools(false, true));
    }

    /** OCP 8-bit floating point (2023): the largest E4M3FN is 448, the largest E5M2 57344. Microscaling: E2M1 holds 6. */
    private void narrowFloats() {
        optional(
                "float8e4m3fn-to-float32",
                stored(DataType.FLOAT8E4M3FN, (byte) 0x38, (byte) 0x7E, (byte) 0x7F, (byte) 1),
                floats(1, 448, NAN, 0x1p-9));
        optional(
                "float8e5m2-to-float32",
                stored(DataType.FLOAT8E5M2, (byte) 0x3C, (byte) 0x7B, (byte) 0x7C, (byte) 1),
                floats(1, 57344, INF, 0x1p-16));
        optional(
                "float32-to-float8e4m3fn",
                floats(1, 448, 1.0625, -0.3),
                stored(DataType.FLOAT8E4M3FN, (byte) 0x38, (byte) 0x7E, (byte) 0x38, (byte) 0xAA));
        optional(
                "float4e2m1-to-float32",
                stored(DataType.FLOAT4E2M1, (byte) 1, (byte) 7, (byte) 0xA),
                floats(0.5, 6, -1));
        optional("uint4-to-int32", stored(DataType.UINT4, (byte) 15, (byte) 3), ints(15, 3));
        optional("int4-to-int32", stored(DataType.INT4, (byte) -8, (byte) 7), ints(-8, 7));
    }

    private void exact(String name, Tensor x, Tensor y) {
        cases.exact("meaning", name, new Cast(y.type()), List.of(x), y);
    }

    private void optional(String name, Tensor x, Tensor y) {
        cases.optional("meaning", name, new Cast(y.type()), List.of(x), y);
    }

    private static Tensor stored(DataType type, short... values) {
        return Tensor.wrap(TensorSpec.of(type, values.length), values);
    }

    private static Tensor stored(DataType type, byte... values) {
        return Tensor.wrap(TensorSpec.of(type, values.length), values);
    }
}
