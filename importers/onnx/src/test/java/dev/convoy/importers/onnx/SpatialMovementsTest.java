package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OneNode.counting;
import static dev.convoy.importers.onnx.OneNode.row;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Transposed convolutions, blocks, cuts and pads; expected numbers come from PyTorch 2 or from counting. */
class SpatialMovementsTest {

    @Test
    void transposedConvolutionWithAnOutputPaddingThatNoWindowReaches() {
        OneNode.of("ConvTranspose", 11)
                .input(counting(1, 1, 2))
                .constant(counting(1, 1, 2))
                .list("dilations", 3)
                .list("output_padding", 2)
                .gives(new int[] {1, 1, 7}, 1, 2, 0, 2, 4, 0, 0);
    }

    @Test
    void transposedConvolutionInGroups() {
        OneNode.of("ConvTranspose", 11)
                .input(counting(1, 2, 2))
                .constant(counting(2, 1, 3))
                .constant(row(10, 20))
                .with("group", 2)
                .list("strides", 2)
                .list("pads", 1, 1)
                .list("output_padding", 1)
                .gives(new int[] {1, 2, 4}, 12, 15, 14, 16, 35, 54, 40, 44);
    }

    /** The full result is 1, 4, 4: VALID leaves the pads out of account, a longer output_shape ends in zeros. */
    @Test
    void transposedConvolutionOfAGivenSize() {
        OneNode.of("ConvTranspose", 11)
                .input(counting(1, 1, 2))
                .constant(counting(1, 1, 2))
                .with("auto_pad", "VALID")
                .list("pads", 1, 1)
                .gives(new int[] {1, 1, 3}, 1, 4, 4);
        OneNode.of("ConvTranspose", 11)
                .input(counting(1, 1, 2))
                .constant(counting(1, 1, 2))
                .list("output_shape", 5)
                .gives(new int[] {1, 1, 5}, 1, 4, 4, 0, 0);
        OneNode.of("ConvTranspose", 11)
                .input(counting(1, 1, 2))
                .constant(counting(1, 1, 2))
                .list("output_shape", 2)
                .gives(new int[] {1, 1, 2}, 4, 4);
    }

    @Test
    void blocks() {
        OneNode.of("DepthToSpace", 13)
                .input(counting(1, 4, 1, 2))
                .with("blocksize", 2)
                .with("mode", "CRD")
                .gives(new int[] {1, 1, 2, 4}, 1, 3, 2, 4, 5, 7, 6, 8);
        OneNode.of("DepthToSpace", 1)
                .input(counting(1, 8, 1, 1))
                .with("blocksize", 2)
                .gives(new int[] {1, 2, 2, 2}, 1, 3, 5, 7, 2, 4, 6, 8);
        OneNode.of("SpaceToDepth", 13)
                .input(counting(1, 1, 2, 4))
                .with("blocksize", 2)
                .gives(new int[] {1, 4, 1, 2}, 1, 3, 2, 4, 5, 7, 6, 8);
        assertTrue(OneNode.of("SpaceToDepth", 13)
                .input(counting(1, 1, 3, 4))
                .with("blocksize", 2)
                .refusal()
                .contains("height and width are multiples of 2"));
    }

    @Test
    void columnsToImages() {
        OneNode.of("Col2Im", 18)
                .input(counting(1, 4, 2))
                .constant(2, 3)
                .constant(2, 2)
                .gives(new int[] {1, 1, 2, 3}, 1, 5, 4, 5, 13, 8);
        OneNode.of("Col2Im", 18)
                .input(counting(1, 2, 4))
                .constant(1, 3)
                .constant(1, 2)
                .list("pads", 0, 1, 0, 1)
                .gives(new int[] {1, 1, 1, 3}, 7, 9, 11);
    }

    @Test
    void centerCropPad() {
        OneNode.of("CenterCropPad", 18).input(counting(1, 5)).constant(2, 2).gives(new int[] {2, 2}, 2, 3, 0, 0);
        OneNode.of("CenterCropPad", 18)
                .input(counting(1, 3))
                .constant(6)
                .list("axes", -1)
                .gives(new int[] {1, 6}, 0, 1, 2, 3, 0, 0);
    }

    @Test
    void crop() {
        OneNode.of("Crop", 6)
                .input(counting(1, 1, 3, 4))
                .list("border", 1, 0, 1, 1)
                .gives(new int[] {1, 1, 2, 2}, 2, 3, 6, 7);
        OneNode.of("Crop", 6)
                .input(counting(1, 1, 3, 4))
                .list("border", 1, 1, 0, 0)
                .list("scale", 1, 3)
                .gives(new int[] {1, 1, 1, 3}, 6, 7, 8);
    }

    @Test
    void padsOfSomeAxesAddAndCut() {
        OneNode.of("Pad", 19)
                .input(counting(1, 4))
                .constant(2, -1)
                .none()
                .constant(-1)
                .with("mode", "wrap")
                .gives(new int[] {1, 5}, 2, 3, 1, 2, 3);
        OneNode.of("Pad", 2)
                .input(counting(3))
                .list("pads", 1, 2)
                .with("value", 9.0)
                .gives(new int[] {6}, 9, 1, 2, 3, 9, 9);
        assertTrue(OneNode.of("Pad", 11)
                .input(counting(3))
                .constant(1, 0)
                .with("mode", "mirror")
                .refusal()
                .contains("the padding mode mirror does not exist"));
    }
}
