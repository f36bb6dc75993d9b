package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OneNode.counting;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PoolingTest {

    /** Position 3 of a plane of [2, 2, 3] is (0, 1, 0), and 9 is (1, 1, 0); the first axis runs fastest. */
    @Test
    void indicesInColumnMajorOrder() {
        float[] plane = {1, -2, 3, 4, -5, 6, 7, -8, 9, 10, -11, 12};
        OneNode node = OneNode.of("MaxPool", 12)
                .input(Tensor.of(plane, 1, 1, 2, 2, 3))
                .list("kernel_shape", 1, 2, 2)
                .list("strides", 1, 2, 2)
                .with("storage_order", 1);
        assertArrayEquals(new long[] {2, 3}, node.run(2).get(1).longs());
    }

    /** {@code (1 + 8)^(1/3)} and {@code (27 + 64)^(1/3)}. */
    @Test
    void rootsOfSumsOfPowers() {
        Tensor x = Tensor.of(new float[] {1, -2, 3, 4}, 1, 1, 4);
        OneNode.of("LpPool", 18)
                .input(x)
                .list("kernel_shape", 2)
                .list("strides", 2)
                .with("p", 3)
                .gives(new int[] {1, 1, 2}, 2.080084, 4.497941);
        OneNode.of("LpPool", 1)
                .input(x)
                .list("kernel_shape", 2)
                .list("strides", 2)
                .with("p", 1.0)
                .gives(new int[] {1, 1, 2}, 3, 7);
        OneNode.of("GlobalLpPool", 2).input(x).gives(new int[] {1, 1, 1}, 5.477226);
        assertTrue(OneNode.of("GlobalLpPool", 2).input(x).with("p", 0).refusal().contains("p is greater than 0"));
    }

    @Test
    void unpoolingPutsEveryElementWhereItWas() {
        OneNode.of("MaxUnpool", 11)
                .input(counting(1, 1, 1, 2))
                .input(Tensor.of(new long[] {5, 2}, 1, 1, 1, 2))
                .list("kernel_shape", 2, 2)
                .list("strides", 2, 2)
                .gives(new int[] {1, 1, 2, 4}, 0, 0, 2, 0, 0, 1, 0, 0);
    }

    /** Indices count in the inferred shape [2, 4], and zeros follow. */
    @Test
    void unpoolingIntoALargerShape() {
        OneNode.of("MaxUnpool", 11)
                .input(counting(1, 1, 1, 2))
                .input(Tensor.of(new long[] {5, 2}, 1, 1, 1, 2))
                .constant(1, 1, 3, 5)
                .list("kernel_shape", 2, 2)
                .list("strides", 2, 2)
                .gives(new int[] {1, 1, 3, 5}, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** A last window that would start behind the data is dropped; one that reaches over its end is not. */
    @Test
    void ceilModeDropsAWindowThatStartsOnPadding() {
        OneNode.of("MaxPool", 22)
                .input(counting(1, 1, 2))
                .list("kernel_shape", 1)
                .list("strides", 2)
                .with("ceil_mode", 1)
                .gives(new int[] {1, 1, 1}, 1);
        OneNode.of("AveragePool", 22)
                .input(counting(1, 1, 4))
                .list("kernel_shape", 3)
                .list("strides", 2)
                .with("ceil_mode", 1)
                .gives(new int[] {1, 1, 2}, 2, 3.5);
    }
}
