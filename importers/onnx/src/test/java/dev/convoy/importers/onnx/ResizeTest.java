package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OneNode.counting;
import static dev.convoy.importers.onnx.OneNode.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Expected numbers come from PyTorch 2 where a mode of ONNX is one of PyTorch's, else from the formula in the test. */
class ResizeTest {

    private static OneNode resize(int opset, Tensor x, double scale) {
        return OneNode.of("Resize", opset).input(x).none().constant(row(1, 1, scale));
    }

    @Test
    void linearIsPyTorchsLinear() {
        resize(13, counting(1, 1, 3), 2)
                .with("mode", "linear")
                .gives(new int[] {1, 1, 6}, 1, 1.25, 1.75, 2.25, 2.75, 3);
        resize(13, counting(1, 1, 3), 5 / 3.0)
                .with("mode", "linear")
                .with("coordinate_transformation_mode", "align_corners")
                .gives(new int[] {1, 1, 5}, 1, 1.5, 2, 2.5, 3);
    }

    /** {@code interpolate(mode="bicubic")} of a row 1, 5, 2, 4 to eight elements. */
    @Test
    void cubicIsPyTorchsBicubic() {
        resize(13, Tensor.of(new float[] {1, 5, 2, 4}, 1, 1, 4), 2)
                .with("mode", "cubic")
                .gives(
                        new int[] {1, 1, 8},
                        0.578125,
                        2.011719,
                        4.410156,
                        4.671875,
                        2.609375,
                        2.136719,
                        3.441406,
                        4.210938);
    }

    /** The same with {@code antialias=True}, to two elements; PyTorch's coefficient is -0.5 then, and it excludes what is outside. */
    @Test
    void antialiasedCubicIsPyTorchs() {
        resize(18, Tensor.of(new float[] {1, 5, 2, 4, 7, 3}, 1, 1, 6), 1 / 3.0)
                .with("mode", "cubic")
                .with("antialias", 1)
                .with("cubic_coeff_a", -0.5)
                .with("exclude_outside", 1)
                .gives(new int[] {1, 1, 2}, 3.0, 4.631579);
    }

    /** Places 0, 0.5, 1, 1.5 of a row of two. */
    @Test
    void nearestElementsAreRounded() {
        Tensor x = counting(1, 1, 2);
        resize(13, x, 2).with("coordinate_transformation_mode", "asymmetric").gives(new int[] {1, 1, 4}, 1, 1, 2, 2);
        resize(13, x, 2)
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "round_prefer_ceil")
                .gives(new int[] {1, 1, 4}, 1, 2, 2, 2);
        resize(13, x, 2)
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "ceil")
                .gives(new int[] {1, 1, 4}, 1, 2, 2, 2);
    }

    /** 10 · 0.7 is 6.99… in doubles and 7 in floats, and 3 / 0.6 is 4.99… and 5. */
    @Test
    void scalesAreFloats() {
        resize(13, counting(1, 1, 10), 0.7f)
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor")
                .gives(new int[] {1, 1, 7}, 1, 2, 3, 5, 6, 8, 9);
        resize(13, counting(1, 1, 10), 0.6f)
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor")
                .gives(new int[] {1, 1, 6}, 1, 2, 4, 6, 7, 9);
    }

    /** Before version 11, the next element where an axis shrinks: places 0 and 1.67 of four. */
    @Test
    void firstVersions() {
        OneNode.of("Resize", 10)
                .input(counting(1, 1, 4))
                .constant(row(1, 1, 0.6))
                .gives(new int[] {1, 1, 2}, 1, 3);
        OneNode.of("Upsample", 7)
                .input(counting(1, 1, 1, 2))
                .list("scales", 1.0, 1.0, 2.0, 2.0)
                .gives(new int[] {1, 1, 2, 4}, 1, 1, 2, 2, 1, 1, 2, 2);
        OneNode.of("Upsample", 1)
                .input(counting(1, 1, 1, 2))
                .with("height_scale", 1.0)
                .with("width_scale", 2.0)
                .with("mode", "bilinear")
                .gives(new int[] {1, 1, 1, 4}, 1, 1.5, 2, 2);
        OneNode.of("Upsample", 9)
                .input(counting(1, 1, 2))
                .constant(row(1, 1, 3))
                .gives(new int[] {1, 1, 6}, 1, 1, 1, 2, 2, 2);
    }

    /** The part from 0.5 to 1.5 of four elements: places 1.5, 2.25, 3, 3.75, 4.5. */
    @Test
    void placesOutsideTakeTheExtrapolationValue() {
        OneNode.of("Resize", 18)
                .input(counting(1, 4))
                .constant(row(0.5, 1.5))
                .none()
                .constant(5)
                .list("axes", 1)
                .with("mode", "linear")
                .with("coordinate_transformation_mode", "tf_crop_and_resize")
                .with("extrapolation_value", 10.0)
                .gives(new int[] {1, 5}, 2.5, 3.25, 4, 10, 10);
    }

    @Test
    void aspectRatiosAreKept() {
        OneNode larger = OneNode.of("Resize", 18)
                .input(counting(2, 4))
                .none()
                .none()
                .constant(3, 8)
                .with("keep_aspect_ratio_policy", "not_larger");
        assertArrayEquals(new int[] {3, 6}, larger.run().shape().sizes());
        OneNode smaller = OneNode.of("Resize", 18)
                .input(counting(2, 4))
                .none()
                .none()
                .constant(3, 8)
                .with("keep_aspect_ratio_policy", "not_smaller");
        assertArrayEquals(new int[] {4, 8}, smaller.run().shape().sizes());
    }

    /** {@code 2.5 / 2 · (1 - 2 / 2.5) = 0.25}: the middle of five stays in the middle of two. */
    @Test
    void halfPixelSymmetric() {
        resize(19, counting(1, 1, 5), 0.5f)
                .with("mode", "linear")
                .with("coordinate_transformation_mode", "half_pixel_symmetric")
                .gives(new int[] {1, 1, 2}, 2, 4);
    }

    @Test
    void integersAreChosenAsTheyAre() {
        Tensor x = Tensor.of(new int[] {16_777_217, -5}, 1, 1, 2);
        Tensor y = resize(13, x, 2).run();
        assertEquals(DataType.INT32, y.type());
        assertArrayEquals(new int[] {16_777_217, 16_777_217, -5, -5}, y.ints());
    }

    @Test
    void unknownModesAreRefused() {
        assertTrue(resize(13, counting(1, 1, 2), 2)
                .with("mode", "spline")
                .refusal()
                .contains("the mode spline does not exist"));
    }
}
