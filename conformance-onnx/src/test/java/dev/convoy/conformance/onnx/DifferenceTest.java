package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    private static Optional<String> difference(Tensor actual, Tensor expected) {
        return Difference.of(actual, expected, Tolerance.ONNX);
    }

    private static Tensor floats(double... values) {
        float[] array = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            array[i] = (float) values[i];
        }
        return Tensor.of(array, array.length);
    }

    /** 1e-7 + 1e-3 * 1000 = 1.0000001. */
    @Test
    void realNumbersMayDifferByTheTolerance() {
        assertEquals(Optional.empty(), difference(floats(1000.99, 1e-8), floats(1000, -1e-8)));
        assertEquals(
                Optional.of("1 of 1 elements differ, at [0]: 1002.0 instead of 1000.0"),
                difference(floats(1002), floats(1000)));
        assertEquals(
                Optional.of("1 of 1 elements differ, at [0]: 3.0E-7 instead of 0.0"),
                difference(floats(3e-7), floats(0)));
        assertEquals(Optional.empty(), Difference.of(floats(1001.5), floats(1000), Tolerance.LIGHT_DENSENET));
    }

    @Test
    void nanEqualsNanAndInfinitiesThemselves() {
        double infinity = Double.POSITIVE_INFINITY;
        Tensor special = floats(Double.NaN, infinity, -infinity);
        assertEquals(Optional.empty(), difference(special, special));
        assertEquals(
                Optional.of("3 of 3 elements differ, most at [0]: 0.0 instead of NaN"),
                difference(floats(0, -infinity, 1e38), special));
        assertEquals(
                Optional.of("1 of 1 elements differ, at [0]: NaN instead of 1.0"),
                difference(floats(Double.NaN), floats(1)));
    }

    @Test
    void integersAndBooleansAreExact() {
        Tensor expected = Tensor.of(new long[] {1, 1_000_000_000_000L, 3, 4}, 2, 2);
        assertEquals(Optional.empty(), difference(Tensor.of(new long[] {1, 1_000_000_000_000L, 3, 4}, 2, 2), expected));
        assertEquals(
                Optional.of("1 of 4 elements differ, at [0, 1]: 1000000000001 instead of 1000000000000"),
                difference(Tensor.of(new long[] {1, 1_000_000_000_001L, 3, 4}, 2, 2), expected));
        assertEquals(
                Optional.of("1 of 1 elements differ, at [0]: true instead of false"),
                difference(Tensor.of(new boolean[] {true}, 1), Tensor.of(new boolean[] {false}, 1)));
        TensorSpec bytes = TensorSpec.of(DataType.UINT8, 1);
        assertEquals(
                Optional.of("1 of 1 elements differ, at [0]: 255 instead of 254"),
                difference(Tensor.wrap(bytes, new byte[] {-1}), Tensor.wrap(bytes, new byte[] {-2})));
    }

    @Test
    void typeAndShapeHaveToBeTheSame() {
        assertEquals(
                Optional.of("is float32[2] instead of float32[2, 1]"),
                difference(floats(1, 2), floats(1, 2).reshape(2, 1)));
        assertEquals(
                Optional.of("is int32[1] instead of int64[1]"),
                difference(Tensor.of(new int[] {1}, 1), Tensor.of(new long[] {1}, 1)));
    }

    /** Bits and values of the tables in ONNX's description of float stored in 8 and 4 bits, IEEE 754 and bfloat16. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT16, 3C00, 1",
        "FLOAT16, 7BFF, 65504",
        "FLOAT16, FC00, -Infinity",
        "FLOAT16, 0001, 5.9604644775390625E-8",
        "BFLOAT16, 3F80, 1",
        "BFLOAT16, C040, -3",
        "BFLOAT16, 7FC0, NaN",
        "FLOAT8E4M3FN, 38, 1",
        "FLOAT8E4M3FN, 7E, 448",
        "FLOAT8E4M3FN, 7F, NaN",
        "FLOAT8E4M3FN, 01, 0.001953125",
        "FLOAT8E4M3FNUZ, 40, 1",
        "FLOAT8E4M3FNUZ, 7F, 240",
        "FLOAT8E4M3FNUZ, 80, NaN",
        "FLOAT8E5M2, 3C, 1",
        "FLOAT8E5M2, 7B, 57344",
        "FLOAT8E5M2, FC, -Infinity",
        "FLOAT8E5M2, 7E, NaN",
        "FLOAT8E5M2FNUZ, 40, 1",
        "FLOAT8E5M2FNUZ, 7F, 57344",
        "FLOAT8E5M2FNUZ, 80, NaN",
        "FLOAT8E8M0, 7F, 1",
        "FLOAT8E8M0, 82, 8",
        "FLOAT8E8M0, FF, NaN",
        "FLOAT4E2M1, 01, 0.5",
        "FLOAT4E2M1, 07, 6",
        "FLOAT4E2M1, 0A, -1"
    })
    void storedNumbersAreDecoded(DataType type, String bits, double value) {
        int stored = Integer.parseInt(bits, 16);
        Object array = type.bytes() == 2 ? new short[] {(short) stored} : new byte[] {(byte) stored};
        assertEquals(
                value,
                Elements.reals(Tensor.wrap(TensorSpec.of(type, 1), array)).applyAsDouble(0));
    }
}
