package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureInputTest {

    private static final Tensor PICTURES =
            Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18}, 2, 1, 3, 3);

    @Test
    void channelsLastIsThePicturesOwnOrder() {
        PictureInput input = new PictureInput(TensorSpec.float32(2, 1, 3, 3));
        assertFalse(input.channelsFirst());
        assertFalse(input.arranges());
        assertSame(PICTURES, input.arrange(PICTURES));
    }

    @Test
    void channelsFirstIsTransposedPictureByPicture() {
        PictureInput input = new PictureInput(TensorSpec.float32(2, 3, 5, 7));
        assertTrue(input.channelsFirst());
        assertEquals(TensorSpec.float32(2, 5, 7, 3), input.pictures());
        assertEquals(
                Tensor.of(new float[] {1, 4, 7, 2, 5, 8, 3, 6, 9, 10, 13, 16, 11, 14, 17, 12, 15, 18}, 2, 3, 1, 3),
                input.arrange(PICTURES));
    }

    @Test
    void openSizesStayOpen() {
        Shape open = Shape.ofDims(List.of(Dim.named("batch"), Dim.of(3), Dim.named("H"), Dim.named("W")));
        PictureInput input = new PictureInput(new TensorSpec(DataType.FLOAT32, open));
        assertTrue(input.channelsFirst());
        assertEquals(
                Shape.ofDims(List.of(Dim.named("batch"), Dim.named("H"), Dim.named("W"), Dim.of(3))),
                input.pictures().shape());
        assertEquals(Preprocessing.named("torch"), Preprocessing.named("torch").forInput(input.spec()));
    }

    @Test
    void halfPrecisionIsRounded() {
        PictureInput input = new PictureInput(new TensorSpec(DataType.FLOAT16, Shape.of(1, 1, 2, 1)));
        Tensor halves = input.arrange(Tensor.of(new float[] {1, 0.1f}, 1, 1, 2, 1));
        assertEquals(input.spec(), halves.spec());
        // IEEE 754 binary16: 0.1 is 0x2e66
        assertArrayEquals(new short[] {0x3c00, 0x2e66}, (short[]) halves.array());
    }

    @Test
    void otherInputsTakeNoPictures() {
        List<TensorSpec> others = List.of(
                TensorSpec.float32(1, 10),
                TensorSpec.float32(1, 28, 28, 2),
                new TensorSpec(DataType.INT32, Shape.of(1, 28, 28, 1)));
        for (TensorSpec spec : others) {
            assertEquals(
                    "The network takes " + spec
                            + ", images are float32[n, h, w, c] or float32[n, c, h, w] with c 1 or 3, or the same in"
                            + " float16",
                    assertThrows(IllegalArgumentException.class, () -> new PictureInput(spec).pictures())
                            .getMessage());
        }
    }
}
