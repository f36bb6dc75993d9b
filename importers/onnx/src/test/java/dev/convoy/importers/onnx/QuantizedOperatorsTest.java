package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Quantised operators and conversions; most examples are those of ONNX's documentation. */
class QuantizedOperatorsTest {

    private static Tensor bytes(DataType type, List<Integer> sizes, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Tensor.wrap(new TensorSpec(type, Shape.of(sizes)), bytes);
    }

    private static Tensor uint8(int value) {
        return bytes(DataType.UINT8, List.of(), value);
    }

    private static Tensor floats(float... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void quantizeSaturates() throws IOException {
        Tensor y = OneNode.of("QuantizeLinear", 13)
                .input(floats(0, 2, 3, 1000, -254, -1000))
                .input(Tensor.scalar(2f))
                .input(uint8(128))
                .run();
        assertEquals(bytes(DataType.UINT8, List.of(6), 128, 129, 130, 255, 1, 0), y);
    }

    /** Half-way cases go to the even number before the zero point is added. */
    @Test
    void quantizeRoundsHalfToEven() throws IOException {
        Tensor y = OneNode.of("QuantizeLinear", 21)
                .input(floats(0.5f, 1.5f, -0.5f, -2.5f, Float.NaN))
                .input(Tensor.scalar(1f))
                .with("output_dtype", 3)
                .run();
        assertEquals(bytes(DataType.INT8, List.of(5), 0, 2, 0, -2, 0), y);
    }

    @Test
    void quantizeInBlocksAndAlongAnAxis() throws IOException {
        Tensor x = Tensor.of(new float[] {4, 8, 12, 16, 20, 24}, 2, 3);
        Tensor blocks = OneNode.of("QuantizeLinear", 21)
                .input(x)
                .input(Tensor.of(new float[] {1, 2, 4, 8}, 2, 2))
                .with("axis", 1)
                .with("block_size", 2)
                .run();
        assertEquals(bytes(DataType.UINT8, List.of(2, 3), 4, 8, 6, 4, 5, 3), blocks);
        Tensor rows = OneNode.of("QuantizeLinear", 13)
                .input(x)
                .input(floats(4, 2))
                .input(bytes(DataType.UINT8, List.of(2), 0, 1))
                .with("axis", -2)
                .run();
        assertEquals(bytes(DataType.UINT8, List.of(2, 3), 1, 2, 3, 9, 11, 13), rows);
    }

    @Test
    void dequantize() throws IOException {
        Tensor y = OneNode.of("DequantizeLinear", 13)
                .input(bytes(DataType.UINT8, List.of(4), 0, 3, 128, 255))
                .input(Tensor.scalar(2f))
                .input(uint8(128))
                .run();
        assertEquals(floats(-256, -250, 0, 254), y);
        Tensor sums = OneNode.of("DequantizeLinear", 10)
                .input(Tensor.of(new int[] {1 << 24, -3}, 2))
                .input(Tensor.scalar(0.5f))
                .run();
        assertEquals(floats(1 << 23, -1.5f), sums);
    }

    @Test
    void dynamicQuantize() throws IOException {
        List<Tensor> results = OneNode.of("DynamicQuantizeLinear", 11)
                .input(floats(0, 2, -3, -2.5f, 1.34f, 0.5f))
                .run(3);
        assertEquals(bytes(DataType.UINT8, List.of(6), 153, 255, 0, 26, 221, 179), results.get(0));
        assertEquals(Tensor.scalar(5f / 255), results.get(1));
        assertEquals(uint8(153), results.get(2));
    }

    @Test
    void matMulInteger() throws IOException {
        Tensor y = OneNode.of("MatMulInteger", 10)
                .input(bytes(DataType.UINT8, List.of(4, 3), 11, 7, 3, 10, 6, 2, 9, 5, 1, 8, 4, 0))
                .input(bytes(DataType.UINT8, List.of(3, 2), 1, 4, 2, 5, 3, 6))
                .input(bytes(DataType.UINT8, List.of(1), 12))
                .input(bytes(DataType.UINT8, List.of(1), 0))
                .run();
        assertEquals(Tensor.of(new int[] {-38, -83, -44, -98, -50, -113, -56, -128}, 4, 2), y);
    }

    @Test
    void convInteger() throws IOException {
        Tensor y = OneNode.of("ConvInteger", 10)
                .input(bytes(DataType.UINT8, List.of(1, 1, 3, 3), 2, 3, 4, 5, 6, 7, 8, 9, 10))
                .constant(bytes(DataType.UINT8, List.of(1, 1, 2, 2), 1, 1, 1, 1))
                .input(uint8(1))
                .run();
        assertEquals(Tensor.of(new int[] {12, 16, 24, 28}, 1, 1, 2, 2), y);
    }

    /** {@code ((x - 10) · 2 + 2) · 0.5 / 2}, half-way cases to even, and 3. */
    @Test
    void qlinearConv() throws IOException {
        Tensor y = OneNode.of("QLinearConv", 10)
                .input(bytes(DataType.UINT8, List.of(1, 1, 2, 2), 10, 15, 20, 25))
                .constant(Tensor.scalar(0.5f))
                .constant(uint8(10))
                .constant(bytes(DataType.UINT8, List.of(1, 1, 1, 1), 2))
                .constant(Tensor.scalar(1f))
                .constant(uint8(0))
                .constant(Tensor.scalar(2f))
                .constant(uint8(3))
                .constant(Tensor.of(new int[] {2}, 1))
                .run();
        assertEquals(bytes(DataType.UINT8, List.of(1, 1, 2, 2), 3, 6, 9, 11), y);
    }

    /** Rows {@code [1, 2]} and {@code [3, 4]} in units of 1 and of 0.5, times a matrix in units of 2, in units of 1. */
    @Test
    void qlinearMatMulByRow() throws IOException {
        Tensor y = OneNode.of("QLinearMatMul", 21)
                .input(bytes(DataType.INT8, List.of(2, 2), 1, 2, 3, 4))
                .constant(floats(1, 0.5f))
                .constant(bytes(DataType.INT8, List.of(2), 0, 0))
                .input(bytes(DataType.INT8, List.of(2, 2), 1, 0, -1, 50))
                .constant(Tensor.scalar(2f))
                .constant(bytes(DataType.INT8, List.of(), 0))
                .constant(Tensor.scalar(1f))
                .constant(bytes(DataType.INT8, List.of(), 0))
                .run();
        assertEquals(bytes(DataType.INT8, List.of(2, 2), -2, 127, -1, 127), y);
    }

    /** ONNX 19: the largest float8e5m2 is 57344, {@code 0x7B}; its infinity is {@code 0x7C}. */
    @Test
    void castsToFloat8Saturate() throws IOException {
        Tensor x = floats(1, 1e6f, Float.NEGATIVE_INFINITY);
        Tensor saturated = OneNode.of("Cast", 19).input(x).with("to", 19).run();
        assertArrayEquals(new byte[] {0x3C, 0x7B, (byte) 0xFB}, (byte[]) saturated.array());
        Tensor not = OneNode.of("Cast", 19)
                .input(x)
                .with("to", 19)
                .with("saturate", 0)
                .run();
        assertArrayEquals(new byte[] {0x3C, 0x7C, (byte) 0xFC}, (byte[]) not.array());
        Tensor finite = OneNode.of("Cast", 19)
                .input(floats(448, 464, 465))
                .with("to", 17)
                .with("saturate", 0)
                .run();
        assertArrayEquals(new byte[] {0x7E, 0x7E, 0x7F}, (byte[]) finite.array());
    }

    @Test
    void castsToPowersOfTwoRoundUp() throws IOException {
        Tensor x = floats(0.25f, 1.1f, 3.9f);
        Tensor up = OneNode.of("Cast", 24).input(x).with("to", 24).run();
        assertArrayEquals(new byte[] {125, (byte) 128, (byte) 129}, (byte[]) up.array());
        Tensor down = OneNode.of("Cast", 24)
                .input(x)
                .with("to", 24)
                .with("round_mode", "down")
                .run();
        assertArrayEquals(new byte[] {125, 127, (byte) 128}, (byte[]) down.array());
    }
}
