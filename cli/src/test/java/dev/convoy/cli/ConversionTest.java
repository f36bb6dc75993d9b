package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import org.junit.jupiter.api.Test;

class ConversionTest {

    private static Tensor tensor(DataType type, Object array) {
        return Tensor.wrap(TensorSpec.of(type, 2), array);
    }

    @Test
    void unsignedNumbersStayPositive() {
        Tensor expected = Tensor.of(new float[] {1, 255}, 2);
        assertEquals(expected, Conversion.to(DataType.FLOAT32, tensor(DataType.UINT8, new byte[] {1, -1})));
        assertEquals(
                Tensor.of(new float[] {1, -1}, 2),
                Conversion.to(DataType.FLOAT32, tensor(DataType.INT8, new byte[] {1, -1})));
        assertEquals(
                Tensor.of(new long[] {65535, 1}, 2),
                Conversion.to(DataType.INT64, tensor(DataType.UINT16, new short[] {-1, 1})));
        assertEquals(
                Tensor.of(new long[] {4294967295L, 1}, 2),
                Conversion.to(DataType.INT64, tensor(DataType.UINT32, new int[] {-1, 1})));
    }

    @Test
    void halvesAndBooleansBecomeFloats() {
        assertEquals(
                Tensor.of(new float[] {1.5f, -2}, 2),
                Conversion.to(DataType.FLOAT32, tensor(DataType.FLOAT16, new short[] {0x3e00, (short) 0xc000})));
        assertEquals(
                Tensor.of(new float[] {0, 1}, 2),
                Conversion.to(DataType.FLOAT32, tensor(DataType.BOOL, new boolean[] {false, true})));
    }

    @Test
    void numbersBecomeHalves() {
        Tensor expected = tensor(DataType.FLOAT16, new short[] {0x3e00, (short) 0xc000});
        assertEquals(expected, Conversion.to(DataType.FLOAT16, Tensor.of(new float[] {1.5f, -2}, 2)));
        assertEquals(expected, Conversion.to(DataType.FLOAT16, Tensor.of(new double[] {1.5, -2}, 2)));
    }

    @Test
    void fractionsDoNotBecomeWhole() {
        Tensor fractions = Tensor.of(new double[] {0.5, 1}, 2);
        assertSame(fractions, Conversion.to(DataType.INT64, fractions));
        assertSame(fractions, Conversion.to(DataType.BOOL, fractions));
    }
}
