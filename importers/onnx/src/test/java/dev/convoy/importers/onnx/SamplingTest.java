package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OneNode.counting;
import static dev.convoy.importers.onnx.OneNode.row;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {

    private static final Tensor IMAGE = Tensor.of(new float[] {1, 5, 2, 7, 3, 8}, 1, 1, 2, 3);

    private static final Tensor GRID =
            Tensor.of(new float[] {-1.4f, -0.2f, 0.3f, 0.1f, 2.1f, 1, -0.6f, -3.3f}, 1, 2, 2, 2);

    /** What PyTorch's {@code grid_sample} gives. */
    @ParameterizedTest
    @CsvSource({
        "bilinear, zeros, 0, 0 4.61 0 0",
        "bilinear, zeros, 1, 2.04 4.32 0 0",
        "bilinear, border, 0, 2.8 4.61 8 1.4",
        "bilinear, border, 1, 3.4 4.32 8 2.6",
        "bilinear, reflection, 0, 2.96 4.61 3.6 6.6",
        "bilinear, reflection, 1, 3.72 4.32 3.4 4.98",
        "nearest, zeros, 0, 0 3 0 0",
        "nearest, zeros, 1, 1 3 0 0",
        "nearest, border, 0, 1 3 8 1",
        "nearest, reflection, 1, 1 3 3 7",
        "bicubic, zeros, 0, -0.189236 5.897073 0 0",
        "bicubic, zeros, 1, 2.298959 5.3294 -0.485998 -0.233765",
        "bicubic, reflection, 1, 3.456765 4.305918 3.051251 5.32657",
    })
    void gridsAreSampledAsByPyTorch(String mode, String padding, long alignCorners, String expected) {
        double[] numbers = Arrays.stream(expected.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        OneNode.of("GridSample", 16)
                .input(IMAGE)
                .input(GRID)
                .with("mode", mode)
                .with("padding_mode", padding)
                .with("align_corners", alignCorners)
                .gives(new int[] {1, 1, 2, 2}, numbers);
    }

    @Test
    void volumesAreSampledAsByPyTorch() {
        OneNode.of("GridSample", 20)
                .input(counting(1, 1, 2, 2, 2))
                .input(Tensor.of(new float[] {0.2f, -0.4f, 0.6f}, 1, 1, 1, 1, 3))
                .with("align_corners", 1)
                .with("mode", "linear")
                .gives(new int[] {1, 1, 1, 1, 1}, 5.4);
    }

    /** Every place has as many numbers as the image has axes. */
    @Test
    void gridsOfAnotherRankAreRefused() {
        assertTrue(OneNode.of("GridSample", 20)
                .input(IMAGE)
                .input(counting(1, 2, 2, 3))
                .refusal()
                .contains("the grid has 2 numbers for each place"));
    }

    /** What PyTorch's {@code affine_grid} gives. */
    @Test
    void affineGrids() {
        Tensor theta = Tensor.of(new float[] {1, 0.5f, 0, 0, 2, 0.25f}, 1, 2, 3);
        OneNode.of("AffineGrid", 20)
                .input(theta)
                .constant(1, 1, 2, 2)
                .gives(new int[] {1, 2, 2, 2}, -0.75, -0.75, 0.25, -0.75, -0.25, 1.25, 0.75, 1.25);
        OneNode.of("AffineGrid", 20)
                .input(theta)
                .constant(1, 1, 2, 2)
                .with("align_corners", 1)
                .gives(new int[] {1, 2, 2, 2}, -1.5, -1.75, 0.5, -1.75, -0.5, 2.25, 1.5, 2.25);
    }

    /** Windows {@code x[i] + 10 x[i + 1]} of 1, 2, 3, 4, whose second element is half an element further. */
    @Test
    void deformableConvolution() {
        Tensor offsets = Tensor.of(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5f, 0.5f, 0.5f}, 1, 4, 1, 3);
        OneNode.of("DeformConv", 19)
                .input(counting(1, 1, 1, 4))
                .constant(Tensor.of(new float[] {1, 10}, 1, 1, 1, 2))
                .input(offsets)
                .gives(new int[] {1, 1, 1, 3}, 26, 37, 23);
    }

    /** The same, where the mask halves the second elements and the bias is 100. */
    @Test
    void deformableConvolutionWithMaskAndBias() {
        Tensor offsets = Tensor.of(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5f, 0.5f, 0.5f}, 1, 4, 1, 3);
        OneNode.of("DeformConv", 19)
                .input(counting(1, 1, 1, 4))
                .constant(Tensor.of(new float[] {1, 10}, 1, 1, 1, 2))
                .input(offsets)
                .constant(row(100))
                .input(Tensor.of(new float[] {1, 1, 1, 0.5f, 0.5f, 0.5f}, 1, 2, 1, 3))
                .gives(new int[] {1, 1, 1, 3}, 113.5, 119.5, 113);
    }
}
