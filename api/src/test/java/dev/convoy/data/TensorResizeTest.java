package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Resizing of float tensors, held to what TensorFlow and Keras compute. */
class TensorResizeTest {

    /** The recorded values have four decimals. */
    private static final float TOLERANCE = 1e-4f;

    static Stream<Arguments> cases() {
        return Resources.table("tensorflow-resize.tsv");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resizesAsTensorFlow(String method, boolean antialias, int h, int w, int height, int width, String values) {
        Tensor input = ramp(h, w);
        Tensor resized = switch (method) {
            case "crop" -> plain(TensorResize.cropToAspectRatio(input, height, width), height, width);
            case "pad" -> plain(TensorResize.padToAspectRatio(input, height, width, 5), height, width);
            default ->
                TensorResize.resize(
                        input, height, width, Interpolation.valueOf(method.toUpperCase(Locale.ROOT)), antialias);
        };
        assertEquals(TensorSpec.float32(1, height, width, 2), resized.spec());
        float[] expected = new float[resized.size()];
        String[] numbers = values.split(" ");
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Float.parseFloat(numbers[i]);
        }
        assertArrayEquals(expected, resized.floats(), TOLERANCE);
    }

    private static Tensor plain(Tensor images, int height, int width) {
        return TensorResize.resize(images, height, width, Interpolation.BILINEAR, false);
    }

    private static Tensor ramp(int h, int w) {
        float[] values = new float[h * w * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 37 % 101;
        }
        return Tensor.of(values, 1, h, w, 2);
    }

    @Test
    void matrixIsTheSameMap() {
        Tensor matrix = AxisWeights.of(Interpolation.BILINEAR, 2, 4, false).matrix();
        assertEquals(Tensor.of(new float[] {1, 0, 0.75f, 0.25f, 0.25f, 0.75f, 0, 1}, 4, 2), matrix);
    }

    @Test
    void refusesWhatIsNoBatchOfImages() {
        Tensor flat = Tensor.of(new float[6], 2, 3);
        assertThrows(
                IllegalArgumentException.class, () -> TensorResize.resize(flat, 2, 2, Interpolation.BILINEAR, false));
        assertThrows(
                IllegalArgumentException.class,
                () -> TensorResize.resize(ramp(2, 2), 0, 2, Interpolation.BILINEAR, false));
    }
}
