package dev.convoy.importers.keras.internal.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredArrayTest {

    private static StoredArray array(int[] shape, float... values) {
        return new StoredArray("test", Shape.of(shape), () -> values);
    }

    @Test
    void transposes() {
        Tensor result = array(new int[] {2, 3}, 1, 2, 3, 4, 5, 6)
                .transposed(List.of(1, 0))
                .tensor();
        assertEquals(Tensor.of(new float[] {1, 4, 2, 5, 3, 6}, 3, 2), result);
        // [filters 2, inputs 1, rows 1, columns 2] of Theano as [rows, columns, inputs, filters]
        Tensor kernel = array(new int[] {2, 1, 1, 2}, 1, 2, 10, 20)
                .transposed(List.of(2, 3, 1, 0))
                .tensor();
        assertEquals(Tensor.of(new float[] {1, 10, 2, 20}, 1, 2, 1, 2), kernel);
    }

    @Test
    void turnsTheFirstAxesRound() {
        Tensor result =
                array(new int[] {2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8).flipped(2).tensor();
        assertEquals(Tensor.of(new float[] {7, 8, 5, 6, 3, 4, 1, 2}, 2, 2, 2), result);
    }

    @ParameterizedTest
    @CsvSource({
        "Dense, dense",
        "Conv2D, conv2d",
        "DepthwiseConv2D, depthwise_conv2d",
        "Conv2DTranspose, conv2d_transpose",
        "PReLU, p_re_lu",
        "ReLU, re_lu",
        "BatchNormalization, batch_normalization",
        "GlobalAveragePooling2D, global_average_pooling2d",
        "LSTM, lstm"
    })
    void countsClassesUnderKerasNames(String className, String name) {
        assertEquals(name, CountedWeights.snake(className));
    }
}
